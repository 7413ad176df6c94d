import type { Locator, Page } from '@playwright/test';

import type { Person } from './person';
import { expect, test } from './test';

/** Opens a member's menu in the panel, takes one entry, and says yes to the question. */
async function doWith(page: Page, member: Person, entry: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${member.name}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: entry }).click();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
}

async function openMenu(row: Locator): Promise<void> {
  await row.click({ button: 'right' });
  await expect(row.page().getByRole('menu')).toBeVisible();
}

test('a room by invitation is for those who were invited, now or later', async ({ newPerson, browser }) => {
  const [ann, bob, carol] = [await newPerson('Ann'), await newPerson('Bob'), await newPerson('Carol')];
  const page = await ann.open(browser);
  await bob.open(browser);
  await page.getByRole('button', { name: 'New room' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('By invitation');
  await expect(dialog.getByRole('radio', { name: 'By invitation' })).toBeChecked();
  await dialog.getByRole('combobox', { name: 'People to invite' }).fill(bob.name);
  await dialog.getByRole('option', { name: bob.name }).click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('log', { name: 'By invitation' })).toBeVisible();
  await expect(bob.rooms.getByRole('link', { name: 'By invitation' })).toBeVisible();

  const { pathname } = new URL(page.url());
  const outside = await carol.open(browser, pathname);
  await expect(outside.getByText('This room is not open')).toBeVisible();
  await expect(outside.getByRole('button', { name: 'Join' })).toBeHidden();

  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const adding = page.getByRole('dialog', { name: 'Add people to By invitation' });
  await adding.getByRole('searchbox').fill(carol.name);
  await adding.getByRole('checkbox', { name: carol.name }).check();
  await adding.getByRole('button', { name: 'Add 1 person' }).click();
  await expect(page.getByText('1 person added')).toBeVisible();
  // Whoever waits at the door is in without another click.
  await expect(outside.getByRole('log', { name: 'By invitation' })).toContainText(`${ann.name} added you`);
  await carol.write('thank you');
  await expect(page.getByRole('log').getByRole('article')).toContainText(['thank you']);
});

test('an open room is found and joined by anybody', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom(`Garden ${ann.id}`, [], { joinPolicy: 'open' });
  await ann.say(room, 'the roses bloom');
  await ann.open(browser, `/r/${room.id}`);
  const page = await bob.open(browser);
  await page.getByRole('button', { name: 'Browse rooms' }).click();
  const dialog = page.getByRole('dialog', { name: 'Browse rooms' });
  await dialog.getByRole('searchbox', { name: 'Find a room' }).fill('garden');
  await dialog.getByRole('button', { name: `Join ${room.name}` }).click();
  await expect(bob.message(room, 'the roses bloom')).toBeVisible();
  await expect(ann.log(room)).toContainText(`${bob.name} joined`);
  await expect(ann.page.getByRole('main').getByText('2 members')).toBeVisible();
  await bob.write('so I smell');
  await expect(ann.message(room, 'so I smell')).toBeVisible();
});

test('admins rename and remove, everybody is told, and who is removed loses the room', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob, carol] = [await newPerson('Ann'), await newPerson('Bob'), await newPerson('Carol')];
  const room = await ann.createRoom('Offices', [bob, carol], { joinPolicy: 'invite' });
  await ann.say(room, 'for our eyes');
  const page = await ann.open(browser, `/r/${room.id}?panel=members`);
  await bob.open(browser, `/r/${room.id}?panel=details`);
  await carol.open(browser, `/r/${room.id}`);
  await expect(bob.page.getByRole('heading', { level: 3, name: 'Offices' })).toBeVisible();
  await expect(bob.page.getByRole('button', { name: 'Rename the room' })).toHaveCount(0);

  await doWith(page, bob, 'Make admin');
  await expect(page.getByRole('region', { name: 'Admins' })).toContainText(bob.name);
  await expect(bob.log(room)).toContainText(`${ann.name} made you an admin`);

  await bob.page.getByRole('button', { name: 'Rename the room' }).click();
  await bob.page.getByRole('textbox', { name: 'Name of the room' }).fill('Lighthouse');
  await bob.page.getByRole('button', { name: 'Save' }).click();
  for (const { rooms, page: shown } of [ann, bob, carol]) {
    await expect(rooms.getByRole('link', { name: 'Lighthouse' })).toBeVisible();
    await expect(shown.getByRole('heading', { level: 1, name: 'Lighthouse' })).toBeVisible();
    await expect(shown.getByRole('log', { name: 'Lighthouse' })).toContainText(
      'renamed the room to “Lighthouse”',
    );
    await expect(shown).toHaveTitle(/Lighthouse/);
  }

  await bob.page.goto(`/r/${room.id}?panel=members`);
  // Admins have no hold on the owner or on themselves.
  await expect(
    bob.page.getByRole('region', { name: 'Owner' }).getByRole('button', { name: /Actions/ }),
  ).toHaveCount(0);
  await doWith(bob.page, carol, 'Remove from the room');
  await expect(carol.page.getByText('You were removed from Lighthouse')).toBeVisible();
  await expect(carol.rooms.getByRole('link', { name: 'Lighthouse' })).toHaveCount(0);
  await expect(carol.page.getByRole('log')).toHaveCount(0);
  await expect(carol.page.getByText('for our eyes')).toHaveCount(0);
  await expect(page.getByRole('log')).toContainText(`${bob.name} removed ${carol.name}`);
  await expect(page.getByRole('complementary').getByText(carol.name)).toHaveCount(0);
  await expect(page.getByRole('main').getByText('2 members')).toBeVisible();
  await carol.page.reload();
  await expect(carol.page.getByText('This room is not open')).toBeVisible();
  await expect(carol.page.getByText('for our eyes')).toHaveCount(0);
});

test('an owner hands over first, and leaving can be taken back', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Throne', [bob]);
  const page = await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  const leave = async () => {
    await page.getByRole('button', { name: 'More about this conversation' }).click();
    await page.getByRole('menuitem', { name: 'Leave room' }).click();
  };
  await leave();
  const hint = page.getByRole('dialog', { name: 'Hand over the room first' });
  await hint.getByRole('button', { name: 'Show members' }).click();
  await doWith(page, bob, 'Hand over the room');
  await expect(page.getByRole('region', { name: 'Owner' })).toContainText(bob.name);
  await expect(bob.log(room)).toContainText(`${ann.name} handed the room over to you`);

  const row = ann.rooms.getByRole('link', { name: 'Throne' });
  await leave();
  await expect(page.getByText('You left Throne')).toBeVisible();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();
  await expect(ann.log(room)).toBeVisible();
  await ann.write('still here');
  await expect(bob.message(room, 'still here')).toBeVisible();

  await leave();
  await expect(bob.log(room)).toContainText(`${ann.name} left`);
  await expect(row).toHaveCount(0);
  await page.reload();
  await expect(ann.rooms.getByRole('link', { name: 'General' })).toBeVisible();
  await expect(row).toHaveCount(0);
});

test('a deleted room is gone for everybody', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Sandcastle', [bob]);
  const page = await ann.open(browser, `/r/${room.id}?panel=details`);
  await bob.open(browser, `/r/${room.id}`);
  await expect(bob.log(room)).toBeVisible();
  await page.getByRole('button', { name: 'Delete room' }).click();
  const question = page.getByRole('alertdialog', { name: 'Delete Sandcastle?' });
  await expect(question).toContainText('for all 2 members');
  await question.getByRole('button', { name: 'Delete room' }).click();
  await expect(page.getByText('Sandcastle is deleted')).toBeVisible();
  await expect(bob.page.getByText('Sandcastle was deleted')).toBeVisible();
  for (const { rooms, page: shown } of [ann, bob]) {
    await expect(rooms.getByRole('link', { name: 'Sandcastle' })).toHaveCount(0);
    await expect(shown.getByRole('log')).toHaveCount(0);
  }
});

test('pinned, muted and marked unread: on every device, and after a reload', async ({
  newPerson,
  newDevice,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const [quiet, loud] = [await ann.createRoom('Quiet', [bob]), await ann.createRoom('Loud', [bob])];
  await ann.say(quiet, 'something');
  await ann.say(loud, 'something else');
  const phone = newDevice(ann);
  await phone.open(browser);
  const page = await ann.open(browser);
  const rowOf = (person: Person, name: string) =>
    person.rooms.getByRole('link', { name: new RegExp(`^${name}`) });
  await expect(rowOf(phone, 'Quiet')).toBeVisible();

  await openMenu(rowOf(ann, 'Quiet'));
  await page.getByRole('menuitem', { name: 'Pin' }).click();
  await openMenu(rowOf(ann, 'Quiet'));
  await page.getByRole('menuitem', { name: 'Mute until I unmute it' }).click();
  await openMenu(rowOf(ann, 'Loud'));
  await page.getByRole('menuitem', { name: 'Mark as unread' }).click();
  for (const person of [ann, phone]) {
    await expect(person.rooms.getByRole('link').first()).toHaveAccessibleName(/^Quiet/);
    await expect(rowOf(person, 'Quiet')).toHaveAccessibleDescription(/muted/);
    await expect(rowOf(person, 'Loud')).toHaveAccessibleName(/marked as unread/);
  }
  // What comes into a muted room shows there and not in the title, where only Loud counts; a mention does.
  await bob.say(quiet, 'psst');
  await expect(rowOf(ann, 'Quiet')).toHaveAccessibleName(/1 unread message/);
  await expect(page).toHaveTitle('(1) Banter');
  await bob.say(quiet, `@${ann.name}`, {
    textMessage: { text: `@${ann.name}`, mention: [ann.id] },
  });
  await expect(page).toHaveTitle(/@/);

  await page.reload();
  await expect(ann.rooms.getByRole('link').first()).toHaveAccessibleName(/^Quiet/);
  await rowOf(phone, 'Loud').click();
  await expect(phone.log(loud)).toBeVisible();
  // Read on one device is read on the other.
  await expect(rowOf(ann, 'Loud')).not.toHaveAccessibleName(/unread/);

  await openMenu(rowOf(ann, 'Quiet'));
  await page.getByRole('menuitem', { name: 'Unpin' }).click();
  await expect(phone.rooms.getByText('Pinned')).toHaveCount(0);
});

test('the list is narrowed by a few letters and by kind', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  await ann.createRoom('Autumn offsite');
  await ann.createRoom('旅行计划');
  const waiting = await bob.createRoom('Waiting', [ann]);
  await bob.say(waiting, 'read me');
  await ann.befriend(bob);
  const page = await ann.open(browser);
  const rooms = ann.rooms.getByRole('link');
  const field = page.getByRole('textbox', { name: 'Search' });
  // General, three groups, one friend.
  await expect(rooms).toHaveCount(5);
  await field.fill('ao');
  await expect(rooms).toHaveCount(1);
  await expect(rooms).toHaveAccessibleName(/Autumn offsite/);
  await field.fill('lvxing');
  await expect(rooms).toHaveAccessibleName(/旅行计划/);
  await field.press('Enter');
  await expect(page.getByRole('log', { name: '旅行计划' })).toBeVisible();
  await expect(field).toHaveValue('');

  await page.goto('/');
  await ann.rooms.getByRole('button', { name: 'Direct' }).click();
  await expect(rooms).toHaveCount(1);
  await expect(rooms).toHaveAccessibleName(new RegExp(bob.name));
  await ann.rooms.getByRole('button', { name: /^Unread/ }).click();
  await expect(rooms).toHaveCount(1);
  await expect(rooms).toHaveAccessibleName(/Waiting/);
});

test('the quick switcher goes anywhere, and back to where one was', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const here = await ann.createRoom('Here');
  const there = await ann.createRoom('Mountain hut', [bob]);
  const page = await ann.open(browser, `/r/${here.id}`);
  await ann.composer.fill('in the middle of');
  await expect(ann.rooms.getByRole('link', { name: 'Mountain hut' })).toBeVisible();
  await bob.say(there, 'news');
  await expect(ann.rooms.getByRole('link', { name: /Mountain hut 1 unread/ })).toBeVisible();

  await page.keyboard.press('Control+k');
  const switcher = page.getByRole('dialog', { name: 'Go to' });
  await expect(switcher.getByRole('group', { name: 'Unread' }).getByRole('option')).toContainText([
    'Mountain hut',
  ]);
  await page.keyboard.press('Escape');
  await expect(switcher).toHaveCount(0);
  await expect(ann.composer).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('mountian');
  await expect(switcher.getByRole('option')).toContainText(['Mountain hut']);
  await page.keyboard.press('Enter');
  await expect(ann.message(there, 'news')).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type(bob.name);
  await expect(switcher.getByRole('option', { name: bob.name })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/people/${bob.id}$`));
  await page.goBack();
  await page.goBack();
  await expect(ann.composer).toHaveValue('in the middle of');
});

test('a draft goes on at another device', async ({ newPerson, newDevice, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Letters');
  const phone = newDevice(ann);
  await ann.open(browser, `/r/${room.id}`);
  await phone.open(browser);
  await ann.composer.pressSequentially('Dear all');
  await expect(phone.rooms.getByRole('link', { name: 'Letters' })).toContainText('Dear all');
  await phone.enter(room);
  await expect(phone.composer).toHaveValue('Dear all');
  await phone.composer.press('End');
  await phone.composer.pressSequentially(', hello');
  await expect(ann.composer).toHaveValue('Dear all, hello');
  await ann.composer.press('Enter');
  await expect(phone.message(room, 'Dear all, hello')).toBeVisible();
  await expect(phone.composer).toHaveValue('');
});
