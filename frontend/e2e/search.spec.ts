import type { Locator } from '@playwright/test';

import type { Person, RoomView } from './person';
import { expect, test } from './test';

const panelOf = ({ page }: Person): Locator => page.getByRole('complementary', { name: 'Search' });
const fieldOf = (person: Person): Locator =>
  panelOf(person).getByRole('textbox', { name: 'Search messages' });
const hitsOf = (person: Person): Locator => panelOf(person).getByRole('listitem').getByRole('button');

/** What a search for this finds. */
async function expectFound(person: Person, query: string, texts: (string | RegExp)[]): Promise<void> {
  await fieldOf(person).fill(query);
  await expect(hitsOf(person)).toHaveCount(texts.length);
  await expect(hitsOf(person)).toContainText(texts);
}

/** Says many things at once; only some of them matter. */
async function chat(person: Person, room: RoomView, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => person.say(room, `small talk ${index}`)));
}

test('words are found in the room, and everywhere, newest first', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const [kitchen, cellar] = [await ann.createRoom('Kitchen', [bob]), await ann.createRoom('Cellar', [bob])];
  const attic = await bob.createRoom('Attic');
  await ann.say(kitchen, 'The Teapot is cracked');
  await bob.say(kitchen, 'no teapots then');
  await ann.say(kitchen, 'coffee it is');
  await bob.say(cellar, 'I found a tëapot');
  await bob.say(attic, 'my secret teapot');
  const page = await ann.open(browser, `/r/${kitchen.id}`);
  await expect(ann.composer).toBeFocused();
  await page.keyboard.press('Control+f');
  await expect(fieldOf(ann)).toBeFocused();
  await expectFound(ann, 'teapot', ['no teapots then', 'The Teapot is cracked']);
  await expect(hitsOf(ann).first().locator('mark')).toHaveText('teapot');

  await panelOf(ann).getByText('Everywhere').click();
  await expect(hitsOf(ann)).toHaveCount(3);
  await expect(hitsOf(ann).first()).toContainText('in Cellar');
  await expect(hitsOf(ann).first()).toContainText('I found a tëapot');
  await expect(page.getByText('secret')).toHaveCount(0);

  // The search has an address of its own.
  await page.reload();
  await expect(fieldOf(ann)).toHaveValue('teapot');
  await expect(hitsOf(ann)).toHaveCount(3);
  await fieldOf(ann).press('Escape');
  await expect(panelOf(ann)).toHaveCount(0);
});

test('nothing found offers to look everywhere', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const [here, there] = [await ann.createRoom('Here'), await ann.createRoom('There')];
  await ann.say(there, 'the marmalade');
  await ann.open(browser, `/r/${here.id}?panel=search`);
  await fieldOf(ann).fill('marmalade');
  await expect(panelOf(ann)).toContainText('Nothing found');
  await panelOf(ann).getByRole('button', { name: 'Search everywhere' }).click();
  await expect(hitsOf(ann)).toContainText(['the marmalade']);
  await hitsOf(ann).click();
  await expect(ann.message(there, 'the marmalade')).toBeInViewport();
});

test('two Chinese characters suffice', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('旅行');
  await ann.say(room, '我们明天去西湖划船吧');
  await ann.say(room, '船票已经买好了');
  await ann.open(browser, `/r/${room.id}?panel=search`);
  await expectFound(ann, '划船', ['我们明天去西湖划船吧']);
  await expect(hitsOf(ann).locator('mark')).toHaveText('划船');
  await expectFound(ann, '船票', ['船票已经买好了']);
});

test('filters narrow the search down, by keys and by buttons', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Filters', [bob]);
  await ann.say(room, 'plan A');
  await bob.say(room, 'plan B');
  await bob.say(room, 'plan C at https://example.org/plan');
  const page = await ann.open(browser, `/r/${room.id}?panel=search`);
  await expectFound(ann, 'plan', ['plan C', 'plan B', 'plan A']);

  // By name, completed while it is typed.
  await fieldOf(ann).fill('plan ');
  await fieldOf(ann).press('End');
  await page.keyboard.type('from:bo');
  await page.getByRole('option', { name: bob.name }).click();
  await expect(fieldOf(ann)).toHaveValue(`plan from:"${bob.name}" `);
  await expect(hitsOf(ann)).toContainText(['plan C', 'plan B']);
  await expect(hitsOf(ann)).toHaveCount(2);

  await panelOf(ann).getByRole('button', { name: 'Filters' }).click();
  const links = panelOf(ann).getByRole('button', { name: 'Links' });
  await links.click();
  await expect(hitsOf(ann)).toHaveCount(1);
  await expect(hitsOf(ann)).toContainText('plan C');
  await expect(links).toHaveAttribute('aria-pressed', 'true');
  await links.click();
  await expect(hitsOf(ann)).toHaveCount(2);

  await expectFound(ann, 'has:link', ['plan C']);
  await expectFound(ann, 'plan from:me', ['plan A']);
  await expectFound(ann, 'plan on:today', ['plan C', 'plan B', 'plan A']);
  await expectFound(ann, 'plan before:today', []);
  await expect(panelOf(ann)).toContainText('Nothing found');
  await expectFound(ann, 'plan after:2020-01-01', ['plan C', 'plan B', 'plan A']);
  await fieldOf(ann).fill('plan from:nobody');
  await expect(panelOf(ann).getByRole('alert')).toHaveText('There is nobody called “nobody”.');
  await fieldOf(ann).fill('plan before:tomorrowish');
  await expect(panelOf(ann).getByRole('alert')).toContainText('is no day');
});

test('a hit far back is jumped to, the list stays, the next one is a key away, and there is a way back', async ({
  newPerson,
  browser,
}) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Long ago');
  await ann.say(room, 'the needle of spring');
  await chat(ann, room, 150);
  await ann.say(room, 'the needle of summer');
  await chat(ann, room, 150);
  const page = await ann.open(browser, `/r/${room.id}`);
  await expect(ann.log(room).getByRole('article').last()).toBeInViewport();
  await page.keyboard.press('Control+f');
  await expectFound(ann, 'needle', ['summer', 'spring']);

  await fieldOf(ann).press('Enter');
  const summer = ann.message(room, 'needle of summer');
  await expect(summer).toBeInViewport();
  await expect(hitsOf(ann).first()).toHaveAttribute('aria-current', 'true');
  const middle = await summer.evaluate((row) => {
    const log = row.closest('[role=log]')?.getBoundingClientRect();
    const box = row.getBoundingClientRect();
    return log ? (box.top + box.height / 2 - log.top) / log.height : 0;
  });
  expect(middle).toBeGreaterThan(0.3);
  expect(middle).toBeLessThan(0.7);

  await fieldOf(ann).press('ArrowDown');
  await expect(hitsOf(ann).first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(ann.message(room, 'needle of spring')).toBeInViewport();
  await expect(hitsOf(ann).nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(panelOf(ann)).toBeVisible();

  await page.getByRole('button', { name: 'To the newest message' }).click();
  await expect(ann.log(room).getByRole('article').last()).toContainText('small talk');
  await expect(ann.log(room).getByRole('article').last()).toBeInViewport();
});

test('files are found by their names', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Papers');
  const page = await ann.open(browser, `/r/${room.id}`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (
    await chooser
  ).setFiles([
    { name: 'invoice-march.txt', mimeType: 'text/plain', buffer: Buffer.from('money') },
    { name: 'poem.txt', mimeType: 'text/plain', buffer: Buffer.from('roses') },
  ]);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ann.log(room).getByRole('link', { name: 'Download poem.txt' })).toBeVisible();
  await page.keyboard.press('Control+f');
  await expectFound(ann, 'march', ['invoice-march.txt']);
  await expectFound(ann, 'has:file', ['poem.txt', 'invoice-march.txt']);
});
