import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, test } from './test';
import { type World, makeWorld } from './world';

test.describe.configure({ mode: 'parallel' });

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What the checker has against a part of the page as it is now. */
async function findings(page: Page, [name, , part]: View): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Without another window for the report: none of our pages has frames.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    if (part) axe.include(part);
    // Themes differ in nothing but colours.
    if (colorScheme === 'dark') axe.withRules('color-contrast');
    else axe.withTags(TAGS);
    // A menu is no part of the page's outline: it is there as long as it has the focus.
    if (part === MENU) axe.disableRules('region');
    for (const { id, nodes } of (await axe.analyze()).violations) {
      for (const { target, any } of nodes) {
        found.push(`${name}, ${colorScheme}: ${id} at ${target.join(' ')} ${any[0]?.message ?? ''}`);
      }
    }
  }
  return found;
}

/** A view, the way to it, and what of it was not seen before; the whole page where nothing is said. */
type View = readonly [name: string, open: (page: Page, world: World) => Promise<void>, part?: string];

const PANEL = '[role=complementary], [role=main]:not(:has([role=navigation], nav))';
const MAIN = 'main:not([inert] *)';
const MENU = '[role=menu]';
const DIALOG = '[role=dialog]';

const OUTSIDE: View[] = [
  [
    'sign in',
    async (page) => {
      await page.goto('/sign-in');
      await page.getByRole('textbox', { name: 'Email' }).fill('nobody@example.org');
      await page.getByLabel('Password').fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  ],
  [
    'sign up',
    async (page) => {
      await page.goto('/sign-up');
      await expect(page.getByRole('button', { name: 'Create account' })).toBeVisible();
    },
  ],
];

const INSIDE: View[] = [
  [
    'list',
    async (page) => {
      await page.goto('/');
      await expect(page.getByRole('link', { name: /Weekend plans/ })).toBeVisible();
    },
  ],
  [
    'conversation',
    async (page, { room }) => {
      await page.goto(`/r/${room.id}`);
      const log = page.getByRole('log', { name: room.name });
      await expect(log.getByRole('article').last()).toBeVisible();
      await log.getByRole('article').last().focus();
      await page.keyboard.press('Home');
      await expect(log.getByRole('article').first()).toBeFocused();
    },
  ],
  [
    'menu of a message',
    async (page) => {
      await page.keyboard.press('Enter');
      await expect(page.getByRole('menuitem', { name: 'Reply' })).toBeVisible();
    },
    MENU,
  ],
  [
    'emoji',
    async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toHaveCount(0);
      await page.getByRole('button', { name: 'Emoji' }).click();
      await expect(page.getByRole('gridcell').first()).toBeVisible();
    },
    DIALOG,
  ],
  [
    'switcher',
    async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.getByRole('gridcell')).toHaveCount(0);
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
    },
    DIALOG,
  ],
  [
    'details',
    async (page, { room }) => {
      await page.goto(`/r/${room.id}?panel=details`);
      await expect(page.getByRole('button', { name: 'Delete room' })).toBeVisible();
    },
    PANEL,
  ],
  [
    'members',
    async (page, { room, cai }) => {
      await page.goto(`/r/${room.id}?panel=members`);
      await expect(page.getByText(cai.name).last()).toBeVisible();
    },
    PANEL,
  ],
  [
    'photos',
    async (page, { room }) => {
      await page.goto(`/r/${room.id}?panel=media`);
      await expect(page.getByRole('button', { name: /^Open photo/ }).first()).toBeVisible();
    },
    PANEL,
  ],
  [
    'files',
    async (page) => {
      await page.getByRole('tab', { name: 'Files' }).click();
      await expect(page.getByRole('tabpanel').getByText('timetable.txt')).toBeVisible();
    },
    PANEL,
  ],
  [
    'search',
    async (page, { room }) => {
      await page.goto(`/r/${room.id}?panel=search&q=station`);
      await expect(page.getByText('1 message found')).toBeVisible();
    },
    PANEL,
  ],
  [
    'people',
    async (page, { bob }) => {
      await page.goto('/people');
      await expect(page.getByText(bob.name).first()).toBeVisible();
    },
  ],
  [
    'person',
    async (page, { bob }) => {
      await page.goto(`/people/${bob.id}`);
      await expect(page.getByRole('heading', { name: bob.name })).toBeVisible();
    },
    MAIN,
  ],
  [
    'new room',
    async (page) => {
      await page.goto('/');
      await page.getByRole('button', { name: 'New room' }).click();
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Create' })).toBeVisible();
    },
    DIALOG,
  ],
  ...['', '/profile', '/appearance', '/language', '/chat', '/sessions', '/password', '/keys', '/about'].map(
    (section): View => [
      `settings${section}`,
      async (page) => {
        await page.goto(`/settings${section}`);
        await expect(page.getByRole('heading', { level: 1 }).last()).toBeVisible();
        await page.waitForLoadState('networkidle');
      },
      section && MAIN,
    ],
  ),
];

/** Without motion, since colours are measured as they are at the moment. */
const DEVICES = {
  desktop: { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' },
} as const;

for (const [device, options] of Object.entries(DEVICES)) {
  test(`nobody is shut out on a ${device}`, async ({ newPerson, browser, server }) => {
    test.setTimeout(120_000);
    const world = await makeWorld(newPerson);
    const outside = await browser.newContext({ ...options, baseURL: server.url });
    const page = await outside.newPage();
    const found: string[] = [];
    for (const view of OUTSIDE) {
      await view[1](page, world);
      found.push(...(await findings(page, view)));
    }
    await outside.close();

    const inside = await world.ann.open(browser, '/', options);
    for (const view of INSIDE) {
      await view[1](inside, world);
      found.push(...(await findings(inside, view)));
    }
    expect(found).toEqual([]);
  });
}

test('new messages are told in one sentence, own ones only as sent, old ones not at all', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Spoken', [bob]);
  await bob.say(room, 'long said');
  const page = await ann.open(browser, `/r/${room.id}`);
  await expect(ann.message(room, 'long said')).toBeVisible();
  // From here on she is told what happens.
  await expect(page.getByText('1 online')).toBeVisible();
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const note = ({ target }: MutationRecord) => {
      const region = (target instanceof Element ? target : target.parentElement)?.closest(
        '[aria-live=polite]',
      );
      if (region?.textContent) said.push(region.textContent);
    };
    const options = { subtree: true, childList: true, characterData: true };
    new MutationObserver((records) => records.forEach(note)).observe(document.body, options);
  });
  const said = () => page.evaluate(() => [...new Set((window as unknown as { said: string[] }).said)]);

  await bob.say(room, 'come **in**');
  await expect(ann.message(room, 'come in')).toBeVisible();
  await expect.poll(said).toEqual([expect.stringMatching(new RegExp(`^${bob.name}, .+, come in$`))]);
  await ann.write('on my way');
  await expect.poll(said).toEqual([expect.stringContaining('come in'), 'Sent']);
});
