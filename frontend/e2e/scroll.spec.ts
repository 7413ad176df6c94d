import type { Page } from '@playwright/test';

import { Person, type RoomView } from './person';
import { expect, test } from './test';

/** Says many things, many at a time; the order of the numbers is not that of the seqs. */
async function fill(person: Person, room: RoomView, count: number): Promise<void> {
  const LONG = 'It goes on for a while, so that rows differ in height and guesses about them are wrong. ';
  let next = 0;
  const say = async () => {
    while (next < count) {
      next += 1;
      await person.say(room, `number ${next} ${LONG.repeat(next % 5 === 0 ? (next % 3) + 1 : 0)}`);
    }
  };
  await Promise.all(Array.from({ length: 64 }, say));
}

/** The message nearest to the middle of the view, and where its upper edge is. */
function middle(page: Page): Promise<{ seq: string; top: number }> {
  return page.getByRole('log').evaluate((log) => {
    const box = log.getBoundingClientRect();
    const wanted = box.top + box.height / 2;
    const rows = [...log.querySelectorAll<HTMLElement>('article[data-seq]')];
    const distance = (row: HTMLElement) => Math.abs(row.getBoundingClientRect().top - wanted);
    const row = rows.reduce((best, one) => (distance(one) < distance(best) ? one : best));
    return { seq: row.dataset.seq ?? '', top: row.getBoundingClientRect().top };
  });
}

function topOf(page: Page, seq: string): Promise<number> {
  return page.locator(`article[data-seq="${seq}"]`).evaluate((row) => row.getBoundingClientRect().top);
}

declare global {
  interface Window {
    /** What `watch` saw: each move of the message in the middle between two frames, and in how many frames it looked. */
    watched: { moves: string[]; looks: number };
  }
}

/** Looks at every frame whether the message in the middle of the view moves without anybody turning the wheel. */
function watch(page: Page): Promise<void> {
  return page.getByRole('log').evaluate((log) => {
    // A wheel is still at work for some frames.
    const QUIET = 6;
    // Rounding.
    const STILL = 1;
    window.watched = { moves: [], looks: 0 };
    let frames = 0;
    let seq: string | undefined;
    let top = 0;
    let state = '';
    log.addEventListener('wheel', () => (frames = 0), { passive: true });
    const look = () => {
      frames += 1;
      const rows = [...log.querySelectorAll<HTMLElement>('article[data-seq]')];
      const now = `${rows[0]?.dataset.seq}–${rows.at(-1)?.dataset.seq} at ${log.scrollTop} of ${log.scrollHeight}`;
      const row = rows.find((one) => one.dataset.seq === seq);
      if (row && frames > QUIET) {
        const moved = row.getBoundingClientRect().top - top;
        window.watched.looks += 1;
        if (Math.abs(moved) > STILL) {
          window.watched.moves.push(`${seq} by ${moved} in frame ${frames}: ${state} → ${now}`);
        }
      }
      state = now;
      const wanted = log.getBoundingClientRect().top + log.clientHeight / 2;
      const next = rows.find((one) => one.getBoundingClientRect().bottom > wanted);
      seq = next?.dataset.seq;
      top = next?.getBoundingClientRect().top ?? 0;
      requestAnimationFrame(look);
    };
    look();
  });
}

/** Resolves once nothing has scrolled or grown for some frames: what was laid out is shown. */
function settle(page: Page): Promise<void> {
  return page.getByRole('log').evaluate((log) => {
    const FRAMES = 8;
    return new Promise<void>((done) => {
      let last = '';
      let still = 0;
      const look = () => {
        const now = `${log.scrollTop} ${log.scrollHeight}`;
        still = now === last ? still + 1 : 0;
        last = now;
        if (still >= FRAMES) done();
        else requestAnimationFrame(look);
      };
      look();
    });
  });
}

test('ten thousand messages are scrolled to the first one, and nothing under the eyes moves', async ({
  newPerson,
  browser,
}) => {
  test.setTimeout(600_000);
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Ten thousand');
  await fill(ann, room, 10_000);
  const page = await ann.open(browser, `/r/${room.id}`);
  await expect(ann.log(room).getByRole('article').last()).toBeInViewport();

  await watch(page);
  let pages = 0;
  await page.mouse.move(900, 450);
  const first = page.locator('article[data-seq="1"]');
  while ((await first.count()) === 0) {
    const loaded = page.waitForResponse('**/api/room/messages*', { timeout: 2000 }).catch(() => null);
    await page.mouse.wheel(0, -6000);
    const answer = await loaded;
    if (!answer) continue;
    await answer.finished();
    await settle(page);
    pages += 1;
    expect(await page.locator('article').count()).toBeLessThan(400);
  }
  const { moves, looks } = await page.evaluate(() => window.watched);
  expect(looks).toBeGreaterThan(pages);
  expect(pages).toBeGreaterThan(190);
  expect(moves).toEqual([]);
  await expect(page.getByText('This is the beginning of Ten thousand.')).toBeAttached();
});

test('a room opens at the first unread message, and reading it takes the badge away everywhere', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Unread', [bob]);
  for (let index = 0; index < 30; index += 1) await ann.say(room, `old ${index}`);
  await bob.api('POST', '/room/read', { id: room.id, seq: 31 });
  const last = await ann.say(room, 'first unread');
  for (let index = 0; index < 40; index += 1) await ann.say(room, `unread ${index}`);
  const page = await bob.open(browser, '/');
  const other = await bob.tab('/');
  const badge = other.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Unread' });
  await expect(badge).toContainText('41 unread messages');
  await page.bringToFront();
  await bob.enter(room);
  await expect(page.getByText('41 new messages')).toBeInViewport();
  await settle(page);
  const line = await topOf(page, String(last.seq));
  const log = await bob.log(room).boundingBox();
  if (!log) throw new Error('no log');
  expect(Math.abs(line - log.y - log.height / 3)).toBeLessThan(80);
  // The last one is still out of view, so it is not read.
  await expect(badge).not.toContainText('41 unread messages');
  await expect(badge).toContainText(/\d unread message/);
  await bob.log(room).press('End');
  await expect(bob.message(room, 'unread 39')).toBeInViewport();
  await expect(badge).not.toContainText('unread message');
  const server = await bob.api<RoomView>('GET', `/room?id=${room.id}`);
  expect(server.unreadCount).toBe(0);
});

test('new messages follow who is at the end, and leave others where they are', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Follow', [bob]);
  await fill(ann, room, 120);
  await bob.api('POST', '/room/read', { id: room.id, seq: 121 });
  const page = await bob.open(browser, `/r/${room.id}`);
  await expect(bob.log(room).getByRole('article').last()).toBeInViewport();
  await ann.say(room, 'to the end');
  await expect(bob.message(room, 'to the end')).toBeInViewport();

  await page.mouse.move(900, 450);
  await page.mouse.wheel(0, -1500);
  await expect(page.getByRole('button', { name: /To the newest message/ })).toBeVisible();
  await settle(page);
  const before = await middle(page);
  await ann.say(room, 'out of view');
  await expect(bob.rooms.getByRole('link', { name: 'Follow' })).toContainText('out of view');
  await settle(page);
  expect(Math.abs((await topOf(page, before.seq)) - before.top)).toBeLessThanOrEqual(1);
  await page.getByRole('button', { name: /To the newest message/ }).click();
  await expect(bob.message(room, 'out of view')).toBeInViewport();
});

test('an old message is found, jumped to, and left again', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Jump');
  await ann.say(room, 'the needle in the hay');
  await fill(ann, room, 400);
  const page = await ann.open(browser, `/r/${room.id}`);
  await expect(ann.log(room).getByRole('article').last()).toBeInViewport();
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Search messages' }).fill('needle');
  await page.getByRole('complementary').getByText('the needle in the hay').click();
  await expect(ann.message(room, 'the needle in the hay')).toBeInViewport();
  await page.getByRole('button', { name: 'Back to where you were' }).click();
  await expect(ann.log(room).getByRole('article').last()).toBeInViewport();
});

test('coming back to a room finds the place that one left', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const [room, other] = [await ann.createRoom('Place'), await ann.createRoom('Elsewhere')];
  await fill(ann, room, 150);
  const page = await ann.open(browser, `/r/${room.id}`);
  await expect(ann.log(room).getByRole('article').last()).toBeInViewport();
  await page.mouse.move(900, 450);
  await page.mouse.wheel(0, -2000);
  await expect(page.getByRole('button', { name: /To the newest message/ })).toBeVisible();
  await settle(page);
  const before = await middle(page);
  await ann.enter(other);
  await ann.enter(room);
  await expect(page.locator(`article[data-seq="${before.seq}"]`)).toBeInViewport();
  await expect
    .poll(async () => Math.abs((await topOf(page, before.seq)) - before.top))
    .toBeLessThanOrEqual(2);
});
