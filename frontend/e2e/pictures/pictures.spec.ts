// The main views as pictures, for the README and for looking at: `just screenshots` writes docs/images/.
import { type BrowserContextOptions, type Page, expect, test as base } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { Server } from '../server';
import { shrunk } from './png';
import { type Language, Scene } from './scene';

/** Each picture has a server of its own: what is unread in one is read when it is taken. */
const test = base.extend<{ server: Server }>({
  server: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.remove();
  },
});

const FOLDER = resolve(import.meta.dirname, '../../../docs/images');
/** Bytes: who reads the README loads them, and each new one stays in the history. */
const SIZE_MAX = 250_000;

const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

interface View {
  name: string;
  language?: Language;
  theme?: 'light' | 'dark';
  device?: BrowserContextOptions;
  path: (scene: Scene) => string;
  /** What is done before the picture is taken. */
  act: (page: Page, scene: Scene) => Promise<void>;
}

const list = () => '/';
const offsite = (scene: Scene) => `/r/${scene.room('offsite')}`;
const details = (scene: Scene) => `${offsite(scene)}?panel=details`;
const members = (scene: Scene) => `/r/${scene.room('release')}?panel=members`;
const DARK_ZH = { language: 'zh', theme: 'dark' } as const;

const VIEWS: View[] = [
  { name: 'conversation', path: details, act: meiWrites },
  { name: 'conversation-dark-zh', ...DARK_ZH, path: details, act: meiWrites },
  { name: 'phone-list', device: PHONE, path: list, act: meiWrites },
  { name: 'phone-list-dark-zh', ...DARK_ZH, device: PHONE, path: list, act: meiWrites },
  { name: 'phone-conversation', device: PHONE, path: offsite, act: meiWrites },
  { name: 'phone-conversation-dark-zh', ...DARK_ZH, device: PHONE, path: offsite, act: meiWrites },
  { name: 'members', path: members, act: rest },
  { name: 'emoji-dark', theme: 'dark', path: offsite, act: answer },
];

test.beforeAll(() => mkdir(FOLDER, { recursive: true }));

for (const { name, language = 'en', theme = 'light', device = DESKTOP, path, act } of VIEWS) {
  test(name, async ({ server, browser }) => {
    const scene = await Scene.build(server, language, browser);
    const page = await scene.open(browser, path(scene), { ...device, colorScheme: theme });
    await settled(page);
    await act(page, scene);
    await settled(page);
    const picture = shrunk(await page.screenshot({ animations: 'disabled' }));
    await writeFile(resolve(FOLDER, `${name}.png`), picture);
    expect(picture.length).toBeLessThan(SIZE_MAX);
    await scene.end();
  });
}

/** Waits for fonts, and for every picture that is there. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  const missing = () =>
    page.evaluate(
      () => [...document.images].filter((image) => !image.complete || !image.naturalWidth).length,
    );
  await expect.poll(missing).toBe(0);
}

/** Somebody reads: the field does not have the focus. */
async function rest(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).blur();
}

async function meiWrites(page: Page, scene: Scene): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  scene.types('mei', 'offsite');
  await expect(
    page
      .getByText(/is typing|正在输入/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
}

async function answer(page: Page): Promise<void> {
  await page.getByRole('article').filter({ hasText: 'There is a direct one' }).hover();
  await page.getByRole('button', { name: 'Reply' }).click();
  await page
    .getByRole('textbox', { name: 'Message' })
    .fill('Booked two seats in coach 4. See you at the platform');
  await page.getByRole('button', { name: 'Emoji' }).click();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
}
