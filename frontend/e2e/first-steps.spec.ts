import { Person, expect, test } from './test';

test('somebody makes an account, a room, and says the first word', async ({ server, browser }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill(`first${process.pid}@example.org`);
  await page.getByRole('textbox', { name: 'User name' }).fill(`First ${process.pid}`);
  await page.getByLabel('Password').fill(Person.password);
  await page.getByRole('button', { name: 'Create account' }).click();

  const rooms = page.getByRole('navigation', { name: 'Rooms' });
  // The room where everybody is, open already: there is nothing to choose from yet.
  await expect(page.getByRole('log', { name: 'General' })).toBeVisible();
  await expect(rooms.getByRole('link', { name: 'General' })).toBeVisible();
  await page.getByRole('button', { name: 'New room' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Kitchen table');
  await dialog.getByRole('button', { name: 'Create' }).click();

  const log = page.getByRole('log', { name: 'Kitchen table' });
  await expect(log).toBeVisible();
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Who took the good mug?');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(log.getByRole('article').filter({ hasText: 'Who took the good mug?' })).toBeVisible();
  await expect(composer).toHaveValue('');
  await expect(rooms.getByRole('link', { name: 'Kitchen table' })).toContainText('Who took the good mug?');

  await page.reload();
  await expect(log.getByRole('article').filter({ hasText: 'Who took the good mug?' })).toBeVisible();
  await context.close();
});

test('a wrong password is said next to the field, and a right one leads to where one wanted to be', async ({
  newPerson,
  browser,
}) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Deep link');
  await ann.say(room, 'found it');
  const context = await browser.newContext({ baseURL: ann.server.url });
  const page = await context.newPage();
  await page.goto(`/r/${room.id}`);
  await page.getByRole('textbox', { name: 'Email' }).fill(ann.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('wrong');
  await page.getByLabel('Password').fill(Person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('log', { name: 'Deep link' }).getByRole('article')).toContainText(['found it']);
  await context.close();
});

test('signing out leaves nothing behind for the next person', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Secret plans');
  await ann.say(room, 'a surprise');
  const page = await ann.open(browser, `/r/${room.id}`);
  await expect(ann.message(room, 'a surprise')).toBeVisible();
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await page.goto(`/r/${room.id}`);
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('a surprise')).toHaveCount(0);
});
