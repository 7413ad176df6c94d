import { defaultBaseConfig } from '@chakra-ui/react/preset-base';
import { createSystem, defineConfig } from '@chakra-ui/react/styled-system';

/** Chakra brings behaviour: focus, keys, places. Looks come from Tailwind classes, so there are no recipes here. */
export const system = createSystem(
  defaultBaseConfig,
  defineConfig({
    preflight: false,
    cssVarsPrefix: 'ck',
    layers: {
      reset: 'chakra-reset',
      base: 'chakra-base',
      tokens: 'chakra-tokens',
      recipes: 'chakra-recipes',
    },
    conditions: { dark: '.dark &', light: ':root:not(.dark) &' },
  }),
);
