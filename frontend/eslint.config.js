import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import { reactRefresh } from 'eslint-plugin-react-refresh';
import globals from 'globals';
import { readFileSync } from 'node:fs';
import ts from 'typescript-eslint';

const autoImports = JSON.parse(readFileSync(new URL('./auto-imports.globals.json', import.meta.url), 'utf8'));

/** Texts that people read stand in the locale files. */
const bareText = [
  {
    selector: 'JSXText[value=/\\p{L}{2,}/u]',
    message: 'Texts come from the locale files.',
  },
  {
    selector:
      'JSXAttribute[name.name=/^(aria-label|title|placeholder|alt|label|text|hint)$/] > Literal[value=/\\p{L}{2,}/u]',
    message: 'Texts come from the locale files.',
  },
];

/** Colours stand in tokens.css only. */
const rawColour = {
  selector: 'Literal[value=/#[0-9a-f]{6}\\b|\\brgba?\\(/i]',
  message: 'Colours stand in styles/tokens.css only.',
};

const LIBRARIES = [
  { group: ['@chakra-ui/*'], message: 'Features use the parts in ui/.' },
  { group: ['lucide-react/*'], message: 'Import icons by name from lucide-react.' },
];

/** Files that import nothing from some of our folders. */
function within(files, folders, libraries) {
  const group = folders.flatMap((folder) => [`@/${folder}/**`, `**/../${folder}/**`]);
  const message = 'This folder knows nothing of that one: see docs/web-app.md.';
  return {
    files,
    rules: { 'no-restricted-imports': ['error', { patterns: [...libraries, { group, message }] }] },
  };
}

export default ts.config(
  {
    ignores: [
      'dist',
      'packages/client/dist',
      'packages/client/src/schema.d.ts',
      'src/auto-imports.d.ts',
      'test-results',
      'public',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: {
      globals: { ...globals.browser, ...autoImports.globals },
      parserOptions: {
        project: ['./tsconfig.json', './packages/client/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, properties: false } },
      ],
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [
      hooks.configs.flat['recommended-latest'],
      a11y.flatConfigs.recommended,
      reactRefresh.configs.vite(),
    ],
    rules: {
      'no-restricted-syntax': ['error', ...bareText, rawColour],
      'no-restricted-imports': ['error', { patterns: LIBRARIES }],
      // About the React compiler, which is not used here.
      'react-hooks/preserve-manual-memoization': 'off',
      'jsx-a11y/no-autofocus': 'off',
      'jsx-a11y/media-has-caption': 'off',
      'react-refresh/only-export-components': 'off',
    },
  },
  // Playwright's fixtures want a pattern even where they need nothing, and a failing test prints the server's log.
  { files: ['e2e/**'], rules: { 'no-empty-pattern': 'off', 'no-console': 'off' } },
  // The arrows of docs/web-app.md: what many things rest on rests on none of them.
  within(['src/lib/**'], ['app', 'features', 'realtime', 'api', 'ui'], LIBRARIES),
  within(['src/ui/**'], ['app', 'features', 'realtime', 'api'], LIBRARIES),
  within(['src/ui/overlay/**'], ['app', 'features', 'realtime', 'api'], []),
  within(['src/api/**'], ['app', 'features', 'realtime', 'ui'], LIBRARIES),
  { files: ['**/*.test.{ts,tsx}', 'src/testing/**'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node }, rules: { 'no-console': 'off' } },
  { files: ['public/theme-boot.js'], languageOptions: { globals: globals.browser, sourceType: 'script' } },
  prettier,
);
