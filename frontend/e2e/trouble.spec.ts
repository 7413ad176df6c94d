import { expect, test } from './test';

test('what is written offline waits, survives a reload, and is sent in order when the network is back', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Offline', [bob]);
  await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  await expect(ann.composer).toBeVisible();
  await ann.context.setOffline(true);
  await ann.write('one');
  await ann.write('two');
  await expect(ann.message(room, 'two').getByRole('img', { name: 'Waiting to be sent' })).toBeVisible();
  await bob.write('meanwhile');
  await ann.context.setOffline(false);
  await expect(bob.message(room, 'two')).toBeVisible();
  await expect(ann.message(room, 'meanwhile')).toBeVisible();
  for (const person of [ann, bob]) {
    const texts = await person.log(room).getByRole('article').allInnerTexts();
    const own = texts.join(' ').match(/\b(one|two)\b/g);
    expect(own).toEqual(['one', 'two']);
  }
});

test('a server that is killed in mid-conversation loses and doubles nothing', async ({
  newPerson,
  browser,
  server,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Killed', [bob]);
  await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  await ann.write('before');
  await expect(bob.message(room, 'before')).toBeVisible();
  await server.kill();
  await ann.write('while it is gone');
  await bob.write('so do I');
  await server.run();
  await expect(bob.message(room, 'while it is gone')).toBeVisible({ timeout: 40_000 });
  await expect(ann.message(room, 'so do I')).toBeVisible();
  await ann.write('after');
  await expect(bob.message(room, 'after')).toBeVisible();
  for (const text of ['before', 'while it is gone', 'so do I', 'after']) {
    await expect(ann.message(room, text)).toHaveCount(1);
    await expect(bob.message(room, text)).toHaveCount(1);
  }
});

test('two tabs of one person agree', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Tabs', [bob]);
  const first = await ann.open(browser, `/r/${room.id}`);
  const second = await ann.tab('/');
  const row = second.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Tabs' });
  await expect(row).toBeVisible();
  await first.bringToFront();
  await ann.write('from the first tab');
  await expect(row).toContainText('from the first tab');
  await second.bringToFront();
  await bob.say(room, 'to both');
  await expect(row).toContainText('to both');
  await first.bringToFront();
  await expect(ann.message(room, 'to both')).toHaveCount(1);
  // Read in one tab is read in the other.
  await expect(row).not.toContainText('unread');
});

test('a session that is ended elsewhere says so, and gives the words back after signing in', async ({
  newPerson,
  browser,
}) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Ended');
  const page = await ann.open(browser, `/r/${room.id}`);
  await ann.composer.fill('do not lose this');
  const sessions = await ann.api<{ id: number; current: boolean }[]>('GET', '/session');
  for (const session of sessions) if (!session.current) await ann.api('DELETE', `/session?id=${session.id}`);
  await expect(page.getByRole('status').filter({ hasText: 'session was ended' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Email' }).fill(ann.email);
  await page.getByLabel('Password').fill('a good password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(ann.composer).toHaveValue('do not lose this');
});

test('a page whose parts a new release has taken away loads itself anew, and says so where that does not help', async ({
  newPerson,
  browser,
}) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Release', []);
  const page = await ann.open(browser, `/r/${room.id}`);
  await ann.composer.fill('half a sen');
  const parts = /\/assets\/SettingsPage-[^/]*\.js$/;
  await page.route(parts, (route) => route.fulfill({ status: 404 }));
  const loaded = page.waitForEvent('load');
  await page.evaluate(() => {
    history.pushState(null, '', '/settings');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await loaded;
  await expect(page.getByRole('alert')).toContainText('Nothing that you wrote is lost');
  await page.unroute(parts);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.goto(`/r/${room.id}`);
  await expect(ann.composer).toHaveText('half a sen');
  // The browser's own, each of a part that was taken away.
  const missing = ann.complaints.splice(0);
  expect(missing.filter((complaint) => !complaint.includes('SettingsPage'))).toEqual([]);
});
