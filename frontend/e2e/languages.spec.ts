import type { Page } from '@playwright/test';

import { Person, expect, test } from './test';
import { makeWorld } from './world';

/** Names of people, rooms, files and things, and what people wrote: those stay as they are in any language. */
const NAMES =
  /[\w ]+\.(?:png|wav|txt)|Mozilla\/.*|\b(WP|node|Ann|Bob|Cai|Everything|General|Weekend plans|Banter|GitHub|QQ|MIT|Apache|API|Enter|Ctrl|Shift|Alt|Esc|Delete|Del|Home|End|Chrome|Linux|JPEG|PNG|GIF|WebP|TXT|English|B|KB|kB|K|R|E|F6|AM|PM)\b/g;
const WRITTEN = '[dir=auto], bdi, kbd, [lang=en], code, time[title]';

/** Words in Latin letters that somebody reads or hears on the page and nobody wrote. */
function latinWords(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ names, written }) => {
      const heard: string[] = [document.title];
      for (const element of document.querySelectorAll<HTMLElement>('body *')) {
        if (element.closest(`${written}, script, style, svg, [role=gridcell]`)) continue;
        if (!element.checkVisibility()) continue;
        for (const node of element.childNodes) if (node instanceof Text) heard.push(node.data);
        // A message is read with its words, which somebody wrote.
        const isMessage = element.tagName === 'ARTICLE';
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'])
          if (!isMessage) heard.push(element.getAttribute(name) ?? '');
      }
      const known = new RegExp(names, 'g');
      return heard.filter((text) => /[a-z]{2,}/i.test(text.replace(known, '')));
    },
    { names: NAMES.source, written: WRITTEN },
  );
}

test('the page speaks the language that is chosen before signing in, and keeps it', async ({
  newPerson,
  browser,
}) => {
  const ann = await newPerson('Ann');
  const context = await browser.newContext({ baseURL: ann.server.url, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in to Banter' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { name: '登录 Banter' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await page.getByRole('textbox', { name: '邮箱' }).fill(ann.email);
  await page.getByLabel('密码').fill('not the password');
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('alert')).toContainText('密码');
  expect(await latinWords(page)).toEqual([]);

  await page.reload();
  await expect(page.getByRole('heading', { name: '登录 Banter' })).toBeVisible();
  await page.getByRole('link', { name: '注册账号' }).click();
  await expect(page.getByRole('textbox', { name: '用户名' })).toBeVisible();
  expect(await latinWords(page)).toEqual([]);
  await page.goBack();
  await page.getByRole('textbox', { name: '邮箱' }).fill(ann.email);
  await page.getByLabel('密码').fill(Person.password);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('navigation', { name: '会话列表' })).toBeVisible();

  await page.goto('/settings/language');
  await page.getByRole('radio', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Language' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await context.close();
});

test('a browser that speaks Chinese is answered in Chinese, with no English word on any view', async ({
  newPerson,
  browser,
}) => {
  test.setTimeout(90_000);
  const { ann, room, bob } = await makeWorld(newPerson);
  const page = await ann.open(browser, '/', { locale: 'zh-CN' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  const composer = page.getByRole('textbox', { name: '消息', exact: true });
  const views: [path: string, ready: () => Promise<void>][] = [
    ['/', () => expect(page.getByText('选择一个聊天')).toBeVisible()],
    [`/r/${room.id}`, () => expect(composer).toBeVisible()],
    [
      `/r/${room.id}?panel=details`,
      () => expect(page.getByRole('complementary', { name: '详情' }).getByText('邀请').first()).toBeVisible(),
    ],
    [
      `/r/${room.id}?panel=members`,
      () => expect(page.getByRole('complementary').getByText('成员').first()).toBeVisible(),
    ],
    [`/r/${room.id}?panel=media`, () => expect(page.getByRole('tablist')).toBeVisible()],
    [`/r/${room.id}?panel=search&q=station`, () => expect(page.getByText('找到 1 条消息')).toBeAttached()],
    ['/people', () => expect(page.getByText(bob.name).first()).toBeVisible()],
    [`/people/${bob.id}`, () => expect(page.getByRole('heading', { name: bob.name })).toBeVisible()],
    ...['profile', 'appearance', 'language', 'chat', 'sessions', 'password', 'keys', 'about'].map(
      (section): [string, () => Promise<void>] => [
        `/settings/${section}`,
        () => expect(page.getByRole('heading', { level: 1 }).last()).toBeVisible(),
      ],
    ),
  ];
  const found: string[] = [];
  for (const [path, ready] of views) {
    await page.goto(path);
    await ready();
    await page.waitForLoadState('networkidle');
    found.push(...(await latinWords(page)).map((text) => `${path}: ${text}`));
  }

  await page.goto(`/r/${room.id}`);
  await expect(page.getByRole('log').getByText('已编辑')).toBeVisible();
  const layers: [key: string, name: string][] = [
    ['Control+k', '前往'],
    ['Control+/', '键盘'],
  ];
  for (const [key, name] of layers) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    found.push(...(await latinWords(page)).map((text) => `${name}: ${text}`));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(found).toEqual([]);
});

test('days and numbers are written as the language writes them', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Days');
  await ann.say(room, 'on a Monday');
  const page = await ann.open(browser);
  // The clock of the page goes to another day; what was said stays where it was.
  const said = new Date();
  await page.clock.setFixedTime(new Date(said.getTime() + 9 * 86_400_000));
  for (const [language, dayLine, short] of [
    ['en', { weekday: 'long', day: 'numeric', month: 'long' }, 'en-GB'],
    ['zh', { weekday: 'long', day: 'numeric', month: 'long' }, 'zh-CN'],
  ] as const) {
    await page.evaluate(
      (chosen) => localStorage.setItem('banter:device', JSON.stringify({ language: chosen })),
      language,
    );
    await page.goto(`/r/${room.id}`);
    const expected = new Intl.DateTimeFormat(short, { ...dayLine, timeZone: 'UTC' }).format(said);
    await expect(page.getByRole('log').getByText(expected).first()).toBeVisible();
  }
});

declare global {
  interface Window {
    /** What the page looked like at its first frames. */
    looks: string[];
  }
}

test('the look that was chosen is there from the first frame, and stays', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const page = await ann.open(browser, '/settings/appearance', { colorScheme: 'light' });
  const html = page.locator('html');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect(page.getByRole('slider', { name: 'Text size' })).toBeVisible();
  const light = await background();

  await page.getByText('Dark', { exact: true }).click();
  await expect(html).toHaveClass(/dark/);
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.getByText('High contrast', { exact: true }).click();
  await expect(html).toHaveClass(/contrast/);
  await page.getByText('Compact', { exact: true }).click();
  await page.getByRole('slider', { name: 'Text size' }).focus();
  await page.keyboard.press('End');
  await expect(html).toHaveCSS('font-size', '24px');

  // Every frame says how the page looks, from before the program runs.
  await page.addInitScript(() => {
    window.looks = [];
    const look = () => {
      if (document.body) {
        const { className, style } = document.documentElement;
        window.looks.push(
          `${className} ${style.fontSize} ${getComputedStyle(document.body).backgroundColor}`,
        );
      }
      if (window.looks.length < 30) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.reload();
  await expect(page.getByRole('slider', { name: 'Text size' })).toHaveValue('150');
  await page.waitForFunction(() => window.looks.length >= 30);
  const looks = new Set(await page.evaluate(() => window.looks));
  expect([...looks]).toEqual(['dark contrast compact 150% rgb(0, 0, 0)']);
  await expect(page.getByRole('switch', { name: 'High contrast' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Compact' })).toBeChecked();

  await page.getByText('High contrast', { exact: true }).click();
  await page.getByText('System', { exact: true }).click();
  await expect(html).not.toHaveClass(/dark/);
  expect(await background()).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(html).toHaveClass(/dark/);
  expect(await background()).toBe(dark);
});

test('large letters lose nothing at any width', async ({ newPerson, browser }) => {
  const { ann, room } = await makeWorld(newPerson);
  const page = await ann.open(browser, `/r/${room.id}`);
  await page.evaluate(() => localStorage.setItem('banter:device', JSON.stringify({ textSize: 150 })));
  // 1280 pixels at a zoom of 400 % are 320.
  for (const width of [1440, 1024, 768, 320]) {
    await page.setViewportSize({ width, height: 640 });
    for (const path of [`/r/${room.id}`, `/r/${room.id}?panel=details`, '/settings/appearance', '/people']) {
      await page.goto(path);
      await expect(page.getByRole('heading').first()).toBeVisible();
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
    await page.goto(`/r/${room.id}`);
    await expect(ann.composer).toBeInViewport({ ratio: 1 });
    await expect(ann.message(room, 'See you there')).toBeInViewport({ ratio: 1 });
  }
});
