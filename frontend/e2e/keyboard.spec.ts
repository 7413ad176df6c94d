import type { Locator, Page } from '@playwright/test';

import { Person, expect, test } from './test';

/** Presses Tab until something has the focus, as somebody does who cannot point at it. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  const STOPS_MAX = 40;
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${STOPS_MAX} presses of ${key} do not lead to ${target.toString()}`);
}

const focusedRegion = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('aria-label') ?? '');

test('somebody signs in, opens a room and answers, all without a pointer', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const [first, second] = [await bob.createRoom('Alpha', [ann]), await bob.createRoom('Beta', [ann])];
  await bob.say(first, 'hello in alpha');
  await bob.say(second, 'hello in beta');
  const context = await browser.newContext({ baseURL: ann.server.url });
  const page = await context.newPage();
  await page.goto('/');

  await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused();
  await page.keyboard.type(ann.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(Person.password);
  await page.keyboard.press('Enter');
  const rooms = page.getByRole('navigation', { name: 'Rooms' });
  await expect(rooms.getByRole('link', { name: 'Beta' })).toBeVisible();

  await tabTo(page, rooms.getByRole('link', { name: 'Beta' }));
  await page.keyboard.press('ArrowDown');
  await expect(rooms.getByRole('link', { name: 'Alpha' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rooms.getByRole('link', { name: 'Beta' })).toBeFocused();
  await page.keyboard.press('a');
  await expect(rooms.getByRole('link', { name: 'Alpha' })).toBeFocused();
  await page.keyboard.press('Enter');

  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await expect(composer).toBeFocused();
  await page.keyboard.type('hello yourself');
  await page.keyboard.press('Enter');
  const log = page.getByRole('log', { name: 'Alpha' });
  await expect(log.getByRole('article').filter({ hasText: 'hello yourself' })).toBeVisible();
  await expect(composer).toBeFocused();
  await expect(composer).toHaveValue('');
  await context.close();
});

test('the list and the messages are one stop of the Tab key each', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Stops', [bob]);
  await ann.createRoom('Another');
  const question = await bob.say(room, 'one https://example.org/one');
  await ann.say(room, 'two https://example.org/two', { replyId: question.id });
  await bob.say(room, 'three');
  const page = await ann.open(browser, `/r/${room.id}`);
  await expect(ann.message(room, 'three')).toBeVisible();
  await expect(ann.composer).toBeFocused();

  await tabTo(page, ann.message(room, 'three'), 'Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await focusedRegion(page)).toBe('About the conversation');
  await page.keyboard.press('Tab');
  await expect(ann.message(room, 'three')).toBeFocused();

  // What is inside of a message is reached from the message.
  await page.keyboard.press('ArrowUp');
  await expect(ann.message(room, 'two')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(ann.message(room, 'two').getByRole('button', { name: /To the message of/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(ann.message(room, 'two').getByRole('link')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await focusedRegion(page)).toBe('Write');

  await page.keyboard.press('F6');
  const list = ann.rooms;
  await tabTo(page, list.getByRole('link', { name: 'Stops' }));
  await page.keyboard.press('Tab');
  await expect(list.getByRole('link')).not.toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-room') ?? 'no room')).toBe(
    'no room',
  );
});

test('F6 goes through the regions and back', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Regions');
  await ann.say(room, 'a word');
  const page = await ann.open(browser, `/r/${room.id}?panel=details`);
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
  await expect(ann.composer).toBeFocused();
  const round = ['Details', 'Rooms', 'About the conversation', room.name, 'Write'];
  for (const name of round) {
    await page.keyboard.press('F6');
    expect(await focusedRegion(page)).toBe(name);
  }
  for (const name of [...round.slice(0, -1).reverse(), 'Write']) {
    await page.keyboard.press('Shift+F6');
    expect(await focusedRegion(page)).toBe(name);
  }
});

test('messages are answered, changed, marked and taken back by key', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('By key', [bob]);
  await bob.say(room, 'When does it start?');
  await ann.say(room, 'At nine');
  await ann.say(room, 'or later');
  const page = await ann.open(browser, `/r/${room.id}`);
  const question = ann.message(room, 'When does').first();
  await expect(ann.message(room, 'or later')).toBeVisible();
  await expect(ann.composer).toBeFocused();

  await page.keyboard.press('Shift+F6');
  await page.keyboard.press('ArrowUp');
  await expect(ann.message(room, 'or later')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await expect(ann.message(room, 'or later')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(question).toBeFocused();

  await page.keyboard.press('r');
  await expect(page.getByText(`Replying to ${bob.name}`)).toBeVisible();
  await expect(ann.composer).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByText(`Replying to ${bob.name}`)).toHaveCount(0);

  await page.keyboard.press('ArrowUp');
  await expect(page.getByText('Editing your message')).toBeVisible();
  await expect(ann.composer).toHaveValue('or later');
  await page.keyboard.press('Escape');
  await expect(page.getByText('Editing your message')).toHaveCount(0);
  await expect(ann.composer).toHaveValue('');

  await ann.message(room, 'At nine').focus();
  await page.keyboard.press('e');
  await expect(ann.composer).toBeFocused();
  await expect(ann.composer).toHaveValue('At nine');
  await page.keyboard.type(' sharp');
  await page.keyboard.press('Enter');
  await expect(ann.message(room, 'At nine sharp')).toBeVisible();

  await question.focus();
  await page.keyboard.press('+');
  await expect(page.getByRole('searchbox', { name: 'Search emoji' })).toBeFocused();
  await page.keyboard.type('party popper');
  await expect(page.getByRole('gridcell', { name: /party popper/i })).toHaveAttribute('data-active');
  await page.keyboard.press('Enter');
  await expect(question.getByRole('button', { name: /^🎉 1/ })).toBeVisible();
  await expect(question).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(question).toBeFocused();

  await ann.message(room, 'or later').focus();
  await page.keyboard.press('Delete');
  await expect(ann.message(room, 'or later')).toHaveCount(0);
  await expect(ann.log(room).getByText('You recalled a message')).toBeVisible();
  expect(await focusedRegion(page)).toBe(room.name);
});

test('every entry of the menu is reached by arrows, the quick reactions too', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Menu', [bob]);
  await bob.say(room, 'choose');
  const page = await ann.open(browser, `/r/${room.id}`);
  await ann.message(room, 'choose').focus();
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'What to do with the message' });
  await expect(menu).toBeVisible();
  const count = await menu.getByRole('menuitem').count();
  const names = new Set<string>();
  for (let step = 0; step < count; step += 1) {
    await page.keyboard.press('ArrowDown');
    names.add((await menu.getByRole('menuitem').and(page.locator('[data-highlighted]')).innerText()) + step);
  }
  expect(names.size).toBe(count);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(ann.message(room, 'choose').getByRole('button', { name: /^👍 1/ })).toBeVisible();
  await expect(ann.message(room, 'choose')).toBeFocused();
});

test('the switcher and the neighbours lead to rooms, and the field keeps its words', async ({
  newPerson,
  browser,
}) => {
  const ann = await newPerson('Ann');
  const [older, newer] = [await ann.createRoom('Lighthouse'), await ann.createRoom('Harbour')];
  await ann.say(older, 'the older one');
  await ann.say(newer, 'the newer one');
  const page = await ann.open(browser, `/r/${newer.id}`);
  await expect(ann.composer).toBeFocused();
  await page.keyboard.type('half a thought');

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(ann.composer).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('lighthuose');
  await expect(page.getByRole('option', { name: /Lighthouse/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/r/${older.id}$`));
  await expect(ann.composer).toBeFocused();
  await expect(ann.composer).toHaveValue('');

  await page.keyboard.press('Alt+ArrowUp');
  await expect(page).toHaveURL(new RegExp(`/r/${newer.id}$`));
  await expect(ann.composer).toHaveValue('half a thought');
  await expect(ann.composer).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page).toHaveURL(new RegExp(`/r/${older.id}$`));
});

test('Esc closes one thing at a time, the topmost first, and the focus comes back', async ({
  newPerson,
  browser,
}) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Layers');
  await ann.say(room, 'a word');
  const page = await ann.open(browser, `/r/${room.id}`);
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(ann.composer).toBeFocused();

  await page.keyboard.press('Control+.');
  await expect(details).toBeVisible();
  await expect(ann.composer).toBeFocused();
  await page.keyboard.press('Control+.');
  await expect(details).toHaveCount(0);
  await page.keyboard.press('Control+.');
  await expect(details).toBeVisible();
  await page.keyboard.press('F6');
  const add = details.getByRole('button', { name: 'Add', exact: true });
  await tabTo(page, add);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: `Add people to ${room.name}` });
  await expect(dialog).toBeVisible();
  await expect.poll(() => dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toHaveCount(0);
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(add).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(ann.composer).toBeFocused();
});

test('a dialog keeps the focus inside and gives it back', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const page = await ann.open(browser, '/');
  const opener = page.getByRole('button', { name: 'New room' });
  await tabTo(page, opener);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New room' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  for (const key of ['Tab', 'Shift+Tab']) {
    const seen = new Set<string>();
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press(key);
      const { isInside, what } = await dialog.evaluate((box) => ({
        isInside: box.contains(document.activeElement),
        what: document.activeElement?.outerHTML ?? '',
      }));
      expect(isInside).toBe(true);
      seen.add(what);
    }
    expect(seen.size).toBeGreaterThan(3);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test('everything that takes the focus shows it', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Rings');
  await ann.say(room, 'a word');
  const page = await ann.open(browser, `/r/${room.id}?panel=details`, { reducedMotion: 'reduce' });
  await expect(page.getByRole('button', { name: 'Delete room' })).toBeVisible();
  await expect(ann.composer).toBeFocused();
  const STOPS = 45;
  const bare: string[] = [];
  for (let stops = 0; stops < STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    const without = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return '';
      // Fields draw the ring around their card, hidden controls on what stands for them, the edge of the list as a line.
      if (getComputedStyle(element, '::after').backgroundColor !== 'rgba(0, 0, 0, 0)') return '';
      const around = [element, element.nextElementSibling, element.parentElement?.parentElement];
      const has = around.some((one) => {
        const style = one && getComputedStyle(one);
        return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      });
      return has ? '' : element.outerHTML.slice(0, 200);
    });
    if (without) bare.push(without);
  }
  expect(bare).toEqual([]);
});

test('while an input method composes, Enter only confirms', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Composing');
  const page = await ann.open(browser, `/r/${room.id}`);
  await expect(ann.composer).toBeFocused();
  const session = await page.context().newCDPSession(page);
  const enter = { key: 'Enter', code: 'Enter' };
  await session.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
  await expect(ann.composer).toHaveValue('ni hao');
  // What a browser says of a key that an input method took.
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter, windowsVirtualKeyCode: 229 });
  await session.send('Input.insertText', { text: '你好' });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter, windowsVirtualKeyCode: 13 });
  await expect(ann.composer).toHaveValue('你好');
  await expect(ann.log(room).getByRole('article')).toHaveCount(0);

  // An emoji name or a mention that is being composed is nothing to pick from either.
  await page.keyboard.press('Enter');
  await expect(ann.message(room, '你好')).toBeVisible();
  await expect(ann.composer).toHaveValue('');
});
