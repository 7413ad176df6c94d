import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeAll } from 'vitest';

import { setLanguage } from '@/i18n';

// Parts that are loaded late take their time on a busy machine.
configure({ asyncUtilTimeout: 4000 });

beforeAll(() => setLanguage('en'));
afterEach(cleanup);
