import type { BrowserContextOptions, Locator, Page } from '@playwright/test';

import { expect, test } from './test';
import { makeWorld } from './world';

const phone = (width: number, height: number): BrowserContextOptions => ({
  viewport: { width, height },
  hasTouch: true,
  isMobile: true,
});

/** How far the page, or anything on it that is not meant to, can be pushed sideways. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) wide.push('the page');
    for (const element of document.querySelectorAll<HTMLElement>('#root *, [role=dialog], [role=menu]')) {
      const { right, width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2 || right <= innerWidth + 0.5) continue;
      // Rows that scroll by themselves may be longer than the screen, and so may what is cut off.
      let box = element.parentElement;
      while (box && getComputedStyle(box).overflowX === 'visible') box = box.parentElement;
      if (!box || box.getBoundingClientRect().right > innerWidth + 0.5 || !box.closest('#root, [role]'))
        wide.push(element.outerHTML.slice(0, 160));
    }
    return wide;
  });
}

/** Controls that a finger would miss: smaller than 44 pixels with what belongs to them. */
function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CONTROLS = 'a[href], button, input, select, textarea, [role=menuitem], [role=tab], [role=switch]';
    const missed: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(CONTROLS)) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (element.closest('[inert], [aria-hidden=true], .sr-only')) continue;
      // Links and names within a sentence are as high as its lines.
      if (getComputedStyle(element).display === 'inline') continue;
      const target = element.closest('label') ?? element;
      const { x, y, width, height } = target.getBoundingClientRect();
      if (width < 2 || height < 2) continue;
      // What counts is where a finger meets it, not how large it is drawn.
      const [midX, midY] = [x + width / 2, y + height / 2];
      const meets = (dx: number, dy: number) => {
        const [px, py] = [midX + dx, midY + dy];
        if (px < 0 || py < 0 || px >= innerWidth || py >= innerHeight) return true;
        const met = document.elementFromPoint(px, py);
        return met !== null && target.contains(met);
      };
      // A line to write in is long and may be a little lower; in messages, things stand close.
      const isField = target.matches('input:not([type=range])');
      const least = target.closest('[role=log]') ? 24 : isField ? 40 : 44;
      const half = least / 2 - 1;
      const isHigh = height >= least || (meets(0, -half) && meets(0, half));
      const isWide = width >= least || (meets(-half, 0) && meets(half, 0));
      if (!isHigh || !isWide)
        missed.push(
          `${isHigh} ${isWide} ${Math.round(width)}×${Math.round(height)} ${element.outerHTML.slice(0, 140)}`,
        );
    }
    return missed;
  });
}

/** Rests a finger on something for longer than a tap. */
async function longPress(page: Page, target: Locator): Promise<void> {
  // Nothing takes a touch while the list still moves.
  await target.tap({ trial: true });
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to press');
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await expect(page.getByRole('menu')).toBeVisible();
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}

for (const [width, height] of [
  [390, 844],
  [320, 568],
] as const) {
  test(`a phone of ${width} × ${height} shows one thing at a time, and Back goes one back`, async ({
    newPerson,
    browser,
  }) => {
    const world = await makeWorld(newPerson);
    const { ann, bob, room } = world;
    const page = await ann.open(browser, '/', phone(width, height));
    const list = ann.rooms;
    await expect(list.getByRole('link', { name: 'Everything' })).toBeVisible();
    expect(await sideways(page)).toEqual([]);
    await expect.poll(() => small(page)).toEqual([]);

    await list.getByRole('link', { name: 'Everything' }).tap();
    await expect(ann.message(room, 'See you there')).toBeVisible();
    await expect(list).toBeHidden();
    expect(await sideways(page)).toEqual([]);
    await expect.poll(() => small(page)).toEqual([]);

    // The composer stands on the lower edge, and the newest message above it.
    const composer = await page.getByRole('region', { name: 'Write' }).boundingBox();
    const newest = await ann.message(room, 'See you there').boundingBox();
    expect((composer?.y ?? 0) + (composer?.height ?? 0)).toBeCloseTo(height, 0);
    expect((newest?.y ?? height) + (newest?.height ?? 0)).toBeLessThanOrEqual(composer?.y ?? 0);

    await page.getByRole('heading', { name: 'Everything' }).tap();
    const details = page.getByRole('main', { name: 'Details' });
    await expect(details.getByRole('button', { name: 'Delete room' })).toBeAttached();
    expect((await details.boundingBox())?.width).toBe(width);
    expect(await sideways(page)).toEqual([]);
    await expect.poll(() => small(page)).toEqual([]);

    await page.goBack();
    await expect(details).toHaveCount(0);
    await expect(ann.message(room, 'See you there')).toBeVisible();
    await page.goBack();
    await expect(list.getByRole('link', { name: 'Everything' })).toBeVisible();
    await expect(page.getByRole('log')).toBeHidden();

    for (const path of [
      '/people',
      `/people/${bob.id}`,
      '/settings',
      '/settings/profile',
      '/settings/appearance',
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading').first()).toBeVisible();
      expect(await sideways(page)).toEqual([]);
      await expect.poll(() => small(page)).toEqual([]);
    }
  });
}

test('a finger that stays opens the menu of a message and of a room', async ({ newPerson, browser }) => {
  const { ann, room } = await makeWorld(newPerson);
  const page = await ann.open(browser, '/', phone(390, 844));
  await longPress(page, ann.rooms.getByRole('link', { name: 'Everything' }));
  await expect(page.getByRole('menuitem', { name: 'Pin' })).toBeVisible();
  await expect.poll(() => small(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  expect(new URL(page.url()).pathname).toBe('/');

  await ann.rooms.getByRole('link', { name: 'Everything' }).tap();
  const message = ann.message(room, 'See you there');
  await expect(message).toBeVisible();
  await longPress(page, message.getByText('See you there'));
  await page.getByRole('menuitem', { name: 'React with 👍' }).tap();
  await expect(message.getByRole('button', { name: /^👍 1/ })).toBeVisible();

  await longPress(page, message.getByText('See you there'));
  await page.getByRole('menuitem', { name: 'Reply' }).tap();
  await expect(page.getByText('Replying to yourself')).toBeVisible();
});

test('on a tablet the panel lies over the conversation, which waits behind it', async ({
  newPerson,
  browser,
}) => {
  const { ann, room } = await makeWorld(newPerson);
  const page = await ann.open(browser, `/r/${room.id}`, { viewport: { width: 768, height: 1024 } });
  await expect(ann.message(room, 'See you there')).toBeVisible();
  const before = await ann.message(room, 'See you there').boundingBox();
  await expect(ann.composer).toBeFocused();

  await page.getByRole('button', { name: 'Details' }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details).toBeFocused();
  expect(await details.boundingBox()).toMatchObject({ x: 768 - 320, width: 320 });
  expect(await sideways(page)).toEqual([]);
  // It is in nobody's way, and moves nothing.
  await ann.composer.focus();
  await expect(ann.composer).not.toBeFocused();
  expect(await page.locator('article').last().boundingBox()).toEqual(before);

  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Details' })).toBeFocused();
  expect(await ann.message(room, 'See you there').boundingBox()).toEqual(before);
});

test('Enter breaks the line on a phone, and the keyboard of glass leaves the newest in view', async ({
  newPerson,
  browser,
}) => {
  const { ann, room } = await makeWorld(newPerson);
  const page = await ann.open(browser, `/r/${room.id}`, phone(390, 844));
  await expect(ann.message(room, 'See you there')).toBeVisible();
  await expect(ann.composer).not.toBeFocused();
  await ann.composer.tap();
  // What `interactive-widget=resizes-content` does when the keyboard comes.
  await page.setViewportSize({ width: 390, height: 844 - 336 });
  await expect(ann.message(room, 'See you there')).toBeInViewport({ ratio: 1 });
  await expect(ann.composer).toBeInViewport({ ratio: 1 });
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await expect(ann.composer).toHaveValue('one\ntwo');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(ann.message(room, 'two')).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(ann.message(room, 'two')).toBeInViewport({ ratio: 1 });
});
