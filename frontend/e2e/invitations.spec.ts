import type { Browser, Page } from '@playwright/test';

import { Server } from './server';
import { Person, expect, test } from './test';

/** Makes a link in the room that is open, and answers what was copied. */
async function makeLink(page: Page, uses: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Invite by link' }).click();
  const dialog = page.getByRole('dialog', { name: /^Invite people to/ });
  await expect(dialog.getByRole('radio', { name: 'in 7 days' })).toBeChecked();
  await dialog.getByText(uses, { exact: true }).click();
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  // What comes next is under the fingers.
  await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toHaveText('Link copied');
  return page.evaluate(() => navigator.clipboard.readText());
}

async function anonymous(browser: Browser, address: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  return page;
}

async function createAccount(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(`${name}@example.org`);
  await page.getByRole('textbox', { name: 'User name' }).fill(name);
  await page.getByLabel('Password').fill(Person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
}

test('where accounts are by invitation, a link makes one, ends in its room, and is used up', async ({
  browser,
}) => {
  test.skip(Boolean(process.env.BANTER_E2E_URL), 'a service elsewhere has its own rules');
  const server = await Server.start();
  try {
    const ann = await Person.register(server, 'Ann');
    const room = await ann.createRoom('Book club', [], { joinPolicy: 'invite' });
    await ann.say(room, 'Chapter one by Friday');
    await server.kill();
    await server.run({ BANTER_SECURITY__REGISTRATION: 'invite' });
    const page = await ann.open(browser, `/r/${room.id}?panel=details`);
    const link = await makeLink(page, '1 person');

    const uninvited = await anonymous(browser, `${server.url}/sign-up`);
    await createAccount(uninvited, 'eve');
    await expect(uninvited.getByRole('alert')).toContainText('made by invitation');

    const invited = await anonymous(browser, link);
    await expect(invited.getByRole('heading', { name: 'Book club' })).toBeVisible();
    await expect(invited.getByText(`${ann.name} invites you to join`)).toBeVisible();
    await invited.getByRole('button', { name: 'Create an account' }).click();
    await createAccount(invited, 'bob');
    const log = invited.getByRole('log', { name: 'Book club' });
    await expect(log).toContainText('Chapter one by Friday');
    await expect(log).toContainText('You joined');
    expect(new URL(invited.url()).pathname).toBe(`/r/${room.id}`);

    const late = await anonymous(browser, link);
    await expect(late.getByText('This link does not work')).toBeVisible();
    for (const one of [uninvited, invited, late]) await one.context().close();
    await ann.context.close();
    expect(ann.complaints).toEqual([]);
  } finally {
    await server.remove();
  }
});

test('a link leads into its room with or without signing in first, until it is taken back', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob, carol] = [await newPerson('Ann'), await newPerson('Bob'), await newPerson('Carol')];
  const room = await ann.createRoom('Potting shed', [], { joinPolicy: 'invite' });
  const page = await ann.open(browser, `/r/${room.id}?panel=details`);
  const link = await makeLink(page, 'any number');

  const inside = await bob.open(browser, new URL(link).pathname);
  await inside.getByRole('button', { name: 'Join' }).click();
  await expect(bob.log(room)).toContainText('You joined');

  const outside = await anonymous(browser, link);
  await outside.getByRole('button', { name: 'Sign in' }).click();
  await outside.getByRole('textbox', { name: 'Email' }).fill(carol.email);
  await outside.getByLabel('Password').fill(Person.password);
  await outside.getByRole('button', { name: 'Sign in' }).click();
  await expect(outside.getByRole('log', { name: room.name })).toContainText('You joined');
  await outside.context().close();

  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Take back' }).click();
  await expect(dialog.getByText('No links yet')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Make a link' })).toBeFocused();
  const late = await anonymous(browser, link);
  await expect(late.getByText('This link does not work')).toBeVisible();
  await late.context().close();
});
