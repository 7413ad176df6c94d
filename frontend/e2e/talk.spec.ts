import { expect, test } from './test';

test('two people talk, and see each other type and read', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Talk', [bob]);
  await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);

  await expect(ann.page.getByText('2 online')).toBeVisible();
  await ann.composer.pressSequentially('Hello');
  await expect(bob.page.getByText(`${ann.name} is typing`).last()).toBeVisible();
  await ann.composer.press('Enter');
  await expect(bob.message(room, 'Hello')).toBeVisible();
  await expect(bob.page.getByText(`${ann.name} is typing`)).toHaveCount(0);
  await expect(
    ann
      .log(room)
      .getByText('Read by all')
      .or(ann.log(room).getByRole('img', { name: 'Read' })),
  ).toBeVisible();

  await bob.write('Hello yourself');
  await expect(ann.message(room, 'Hello yourself')).toBeVisible();
});

test('a reply quotes, a click on the quote goes there, an edit shows, a recall takes the words away', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Changes', [bob]);
  await ann.say(room, 'When does the train leave?');
  await bob.open(browser, `/r/${room.id}`);
  await ann.open(browser, `/r/${room.id}`);

  await bob.message(room, 'When does').hover();
  await bob.message(room, 'When does').getByRole('button', { name: 'Reply' }).click();
  await expect(bob.page.getByText(`Replying to ${ann.name}`)).toBeVisible();
  await bob.write('At nine');
  const answer = ann.message(room, 'At nine');
  await expect(answer.getByRole('button', { name: /To the message of/ })).toContainText(
    'When does the train leave?',
  );

  await expect(bob.message(room, 'At nine')).toHaveAttribute('data-seq', /\d/);
  await bob.composer.press('ArrowUp');
  await expect(bob.page.getByText('Editing your message')).toBeVisible();
  await expect(bob.composer).toHaveValue('At nine');
  await bob.composer.fill('At ten');
  await bob.composer.press('Enter');
  await expect(ann.message(room, 'At ten')).toContainText('edited');
  await expect(ann.message(room, 'At nine')).toHaveCount(0);

  await bob.message(room, 'At ten').hover();
  await bob.message(room, 'At ten').getByRole('button', { name: 'More' }).click();
  await bob.page.getByRole('menuitem', { name: 'Recall' }).click();
  await expect(bob.log(room).getByText('You recalled a message')).toBeVisible();
  await expect(ann.log(room).getByText(`${bob.name} recalled a message`)).toBeVisible();
  await expect(ann.message(room, 'At ten')).toHaveCount(0);

  await bob.page.getByRole('button', { name: 'Edit again' }).click();
  await expect(bob.composer).toHaveValue('At ten');
});

test('reactions join and leave with one click, on every screen', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Cheers', [bob]);
  await ann.say(room, 'We won');
  await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  await bob.message(room, 'We won').hover();
  await bob.message(room, 'We won').getByRole('button', { name: 'React with 👍' }).click();
  const chip = ann.message(room, 'We won').getByRole('button', { name: /^👍 1/ });
  await expect(chip).toHaveAttribute('aria-pressed', 'false');
  await chip.click();
  await expect(bob.message(room, 'We won').getByRole('button', { name: /^👍 2/ })).toBeVisible();
  await ann.message(room, 'We won').getByRole('button', { name: /^👍 2/ }).click();
  await expect(bob.message(room, 'We won').getByRole('button', { name: /^👍 1/ })).toBeVisible();
});

test('a mention is completed, shown as a pill, and waits as "@" in the list', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Mentions', [bob]);
  const other = await bob.createRoom('Elsewhere');
  await bob.open(browser, `/r/${other.id}`);
  await ann.open(browser, `/r/${room.id}`);
  await ann.composer.pressSequentially('hi @bob');
  await expect(ann.page.getByRole('option', { name: bob.name })).toBeVisible();
  await ann.composer.press('Enter');
  await expect(ann.composer).toHaveValue(`hi @${bob.name} `);
  await ann.composer.press('Enter');
  await expect(ann.message(room, 'hi').getByRole('button', { name: `@${bob.name}` })).toBeVisible();
  const row = bob.rooms.getByRole('link', { name: room.name });
  await expect(row).toContainText('@');
  await expect(row).toContainText('1 unread message');
  await row.click();
  await expect(bob.message(room, 'hi')).toBeVisible();
  await expect(bob.rooms.getByRole('link', { name: room.name })).not.toContainText('mention');
});

test('formatting is shown, and nothing of it runs or loads', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Formats');
  await ann.say(room, '**bold** _thin_ ~~gone~~ `code`\n> quoted\n\n```js\nconst one = 1;\n```');
  await ann.say(
    room,
    '<img src=x onerror="alert(1)"> [trap](javascript:alert(1)) ![pixel](https://example.org/p.png) *x*',
  );
  const page = await ann.open(browser, `/r/${room.id}`);
  const first = ann.message(room, 'bold');
  await expect(first.locator('strong')).toHaveText('bold');
  await expect(first.locator('em')).toHaveText('thin');
  await expect(first.locator('del')).toHaveText('gone');
  await expect(first.locator('blockquote')).toHaveText('quoted');
  await expect(first.locator('pre')).toHaveText('const one = 1;');
  const second = ann.message(room, 'trap');
  await expect(second.locator('img')).toHaveCount(0);
  await expect(second.locator('a[href^="javascript"]')).toHaveCount(0);
  await expect(page.getByRole('log')).toBeVisible();
});

test('a draft survives a reload and is marked in the list', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const [room, other] = [await ann.createRoom('Drafts'), await ann.createRoom('Other')];
  const page = await ann.open(browser, `/r/${room.id}`);
  await ann.composer.fill('half a sentence');
  await ann.enter(other);
  await expect(ann.rooms.getByRole('link', { name: 'Drafts' })).toContainText('half a sentence');
  await ann.enter(room);
  await expect(ann.composer).toHaveValue('half a sentence');
  await ann.composer.press('!');
  await page.reload();
  await expect(ann.composer).toHaveValue('half a sentence!');
});

test('a message is sent on to other conversations', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const [room, other] = [await ann.createRoom('From here'), await ann.createRoom('To there', [bob])];
  await ann.say(room, 'worth knowing');
  await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${other.id}`);
  await ann.message(room, 'worth knowing').hover();
  await ann.message(room, 'worth knowing').getByRole('button', { name: 'More' }).click();
  await ann.page.getByRole('menuitem', { name: 'Forward' }).click();
  const dialog = ann.page.getByRole('dialog');
  await dialog.getByRole('searchbox', { name: 'Find a conversation' }).fill('there');
  await dialog.getByRole('checkbox', { name: 'To there' }).check();
  await dialog.getByRole('button', { name: 'Forward' }).click();
  await expect(bob.message(other, 'worth knowing')).toBeVisible();
});
