import { defineConfig } from '@playwright/test';

import tests from './playwright.config';

/** Takes the pictures of docs/images/; `just screenshots`. */
export default defineConfig({
  ...tests,
  testDir: './e2e/pictures',
  testIgnore: [],
  workers: 1,
  timeout: 120_000,
  use: { ...tests.use, trace: 'off' },
});
