import { picture } from './files';
import { Person, expect, test } from './test';

test('somebody is found by name, befriended and written to', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const page = await ann.open(browser, '/people');
  await bob.open(browser);
  await page.getByRole('searchbox', { name: 'Find by name or email' }).fill(bob.name);
  await page.getByRole('navigation', { name: 'People' }).getByRole('link', { name: bob.name }).click();
  await expect(page.getByRole('heading', { name: bob.name })).toBeVisible();
  await page.getByRole('button', { name: 'Add friend' }).click();
  await expect(page.getByText(`You and ${bob.name} are friends now`)).toBeVisible();
  await page.getByRole('button', { name: 'Message', exact: true }).click();
  await ann.write('found you');

  const row = bob.rooms.getByRole('link', { name: ann.name });
  await expect(row).toContainText('found you');
  await row.click();
  await expect(bob.page.getByRole('log', { name: ann.name }).getByRole('article')).toContainText([
    'found you',
  ]);
  // Friends of both sides: nobody has to accept.
  await bob.page.goto('/people');
  await expect(
    bob.page.getByRole('region', { name: 'Friends' }).getByRole('link', { name: ann.name }),
  ).toBeVisible();
});

test('somebody is found by a whole email address only', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const page = await ann.open(browser, '/people');
  const field = page.getByRole('searchbox', { name: 'Find by name or email' });
  await field.fill(bob.email.slice(0, -4));
  await expect(page.getByText('Nobody found')).toBeVisible();
  await field.fill(bob.email);
  await expect(page.getByRole('link', { name: bob.name })).toBeVisible();
});

test('who comes and goes is seen at their name', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.befriend(bob);
  const page = await ann.open(browser, `/r/${room.id}`);
  const head = page.getByRole('main').getByRole('link', { name: bob.name });
  await expect(head).toContainText(/Offline|Last seen/);
  await expect(ann.rooms.getByRole('link', { name: bob.name })).not.toHaveAccessibleDescription(/online/);

  await bob.open(browser);
  await expect(head).toContainText('Online');
  await expect(ann.rooms.getByRole('link', { name: bob.name })).toHaveAccessibleDescription(/online/);

  await bob.context.close();
  // A break under ten seconds is not told.
  await expect(head).toContainText('Last seen today', { timeout: 30_000 });
  await expect(ann.rooms.getByRole('link', { name: bob.name })).not.toHaveAccessibleDescription(/online/);
});

test('the card of a member befriends them, and gives the focus back', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Cards', [bob]);
  const page = await ann.open(browser, `/r/${room.id}?panel=members`);
  const member = page.getByRole('region', { name: 'Members', exact: true }).getByRole('button', {
    name: new RegExp(`^${bob.name}`),
  });
  await member.press('Enter');
  const card = page.getByRole('dialog', { name: bob.name });
  await card.getByRole('button', { name: 'Add friend' }).press('Enter');
  await expect(card.getByRole('button', { name: 'Remove friend' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await expect(member).toBeFocused();

  await member.click();
  await card.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(page.getByRole('log', { name: bob.name })).toBeVisible();
});

test('a friendship that ends leaves a room to be read, says why, and can begin again', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.befriend(bob);
  await bob.say(room, 'remember this');
  const page = await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  await bob.composer.fill('half a sentence');

  await page.getByRole('main').getByRole('link', { name: bob.name }).click();
  await page.getByRole('button', { name: 'Remove friend' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('The friendship ends for both of you');
  await question.getByRole('button', { name: 'Remove friend' }).click();

  for (const [person, other] of [
    [ann, bob],
    [bob, ann],
  ] as const) {
    const place = person.page.getByRole('region', { name: 'Write' });
    await expect(place).toContainText(`You and ${other.name} are not friends any more`);
    await expect(person.composer).toHaveCount(0);
    const message = person.page.getByRole('log').getByRole('article');
    await expect(message).toContainText(['remember this']);
    await message.hover();
    await expect(message.getByRole('toolbar').getByRole('button')).toHaveCount(1);
    await message.getByRole('button', { name: 'More' }).click();
    await expect(person.page.getByRole('menuitem', { name: 'Forward' })).toBeVisible();
    await expect(person.page.getByRole('menuitem', { name: 'Reply' })).toHaveCount(0);
    await person.page.keyboard.press('Escape');
  }
  await page.reload();
  await expect(page.getByText('are not friends any more')).toBeVisible();

  await bob.page.getByRole('region', { name: 'Write' }).getByRole('button', { name: 'Add friend' }).click();
  await expect(bob.composer).toHaveValue('half a sentence');
  await expect(ann.composer).toBeVisible();
  await bob.composer.press('Enter');
  await expect(page.getByRole('log').getByRole('article')).toContainText([
    'remember this',
    'half a sentence',
  ]);
});

test('a new name and a new picture reach the others at once', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.befriend(bob);
  await ann.say(room, 'it is me');
  const page = await ann.open(browser, '/settings/profile');
  await bob.open(browser, `/r/${room.id}`);
  const row = bob.rooms.getByRole('link', { name: ann.name });
  await expect(row).toBeVisible();

  const name = `New ${ann.name}`;
  await page.getByRole('textbox', { name: 'User name' }).fill(name);
  await page.getByRole('textbox', { name: 'About you' }).fill('I swim');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await expect(bob.rooms.getByRole('link', { name })).toBeVisible();
  await expect(bob.page.getByRole('log', { name })).toBeVisible();
  await expect(bob.page.getByRole('heading', { level: 1, name })).toBeVisible();
  await bob.page.getByRole('main').getByRole('link', { name }).click();
  await expect(bob.page.getByRole('complementary')).toContainText('I swim');

  const faces = bob.rooms.getByRole('link', { name }).locator('img');
  const before = (await faces.count()) ? await faces.first().getAttribute('src') : null;
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose picture' }).click();
  await (
    await chooser
  ).setFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture(64, 64, [200, 40, 90]) });
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await expect(page.getByRole('button', { name: 'Remove' })).toBeVisible();
  await expect(faces.first()).not.toHaveAttribute('src', before ?? '');
  await expect
    .poll(() => faces.first().evaluate((face: HTMLImageElement) => face.complete && face.naturalWidth))
    .toBeGreaterThan(0);
});

test('a device is seen in the list, and signed out from another one', async ({
  newPerson,
  newDevice,
  browser,
}) => {
  const ann = await newPerson('Ann');
  const phone = newDevice(ann);
  await phone.open(browser, '/', {
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });
  await expect(phone.rooms).toBeVisible();
  const page = await ann.open(browser, '/settings/sessions');
  await expect(page.getByText('This one')).toBeVisible();
  await page.getByRole('button', { name: /^Sign out Firefox/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(phone.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(phone.page.getByText('This session was ended')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sign out Firefox/ })).toHaveCount(0);
});

test('a new password signs the other devices out, and is the only one that works', async ({
  newPerson,
  newDevice,
  browser,
}) => {
  const ann = await newPerson('Ann');
  const other = newDevice(ann);
  await other.open(browser);
  await expect(other.rooms).toBeVisible();
  const page = await ann.open(browser, '/settings/password');
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill('a better password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('This is not your current password')).toBeVisible();
  await page.getByLabel('Current password').fill(Person.password);
  await page.getByLabel('New password').fill('a better password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your password is changed')).toBeVisible();

  await other.page.getByRole('textbox', { name: 'Email' }).fill(ann.email);
  await other.page.getByLabel('Password').fill(Person.password);
  await other.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.page.getByRole('alert')).toContainText('wrong');
  await other.page.getByLabel('Password').fill('a better password');
  await other.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.rooms).toBeVisible();
  // The device that changed it goes on.
  await page.goto('/');
  await expect(ann.rooms).toBeVisible();
});
