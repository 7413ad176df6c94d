import { readFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';

import { animation, picture } from './files';
import type { Person, RoomView } from './person';
import { expect, test } from './test';

const MIB = 1024 * 1024;

interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const png = (name: string, width = 600, height = 400, colour?: Parameters<typeof picture>[2]): File => ({
  name,
  mimeType: 'image/png',
  buffer: picture(width, height, colour),
});

async function attach(page: Page, files: File[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles(files);
}

const trayOf = (page: Page): Locator =>
  page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
const send = (page: Page): Promise<void> => page.getByRole('button', { name: 'Send', exact: true }).click();
const pictures = (person: Person, room: RoomView): Locator =>
  person.log(room).getByRole('button', { name: /^Open image/ });

/** Resolves once a picture shows its pixels. */
async function expectShown(frame: Locator): Promise<void> {
  await expect
    .poll(() =>
      frame
        .locator('img')
        .last()
        .evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth),
    )
    .toBeGreaterThan(0);
}

/** Puts a file into the clipboard or under the pointer of an element, as the browser would. */
async function give(target: Locator, events: string[], { name, mimeType, buffer }: File): Promise<void> {
  await target.evaluate(
    (element, { names, fileName, type, bytes }) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      data.items.add(new File([content], fileName, { type }));
      for (const event of names) {
        const options = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          event === 'paste'
            ? new ClipboardEvent(event, { ...options, clipboardData: data })
            : new DragEvent(event, { ...options, dataTransfer: data }),
        );
      }
    },
    { names: events, fileName: name, type: mimeType, bytes: buffer.toString('base64') },
  );
}

test('a picture with a caption is shown to both, in the room that was kept for it', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Pictures', [bob]);
  const page = await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  // Bob's network is slow: the bytes come when the test says so.
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await bob.page.route('**/uploads/**', async (route) => {
    await held;
    await route.continue();
  });

  await attach(page, [png('lake.png', 900, 600)]);
  await page.getByRole('textbox', { name: 'Caption of lake.png' }).fill('The lake at noon');
  await send(page);
  await expectShown(pictures(ann, room));
  await expect(ann.message(room, 'The lake at noon')).toBeVisible();

  const frame = pictures(bob, room);
  await expect(bob.message(room, 'The lake at noon')).toBeVisible();
  const before = await frame.boundingBox();
  expect(before).toMatchObject({ width: 400, height: 267 });
  await ann.write('and after it');
  await expect(bob.message(room, 'and after it')).toBeVisible();
  const placed = await bob.message(room, 'and after it').boundingBox();
  release();
  await expectShown(frame);
  expect((await frame.boundingBox())?.height).toBe(before?.height);
  expect((await bob.message(room, 'and after it').boundingBox())?.y).toBe(placed?.y);
  await expect(bob.rooms.getByRole('link', { name: 'Pictures' })).toBeVisible();
});

test('files are pasted and dropped, and keep the order that they were given', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Order', [bob]);
  const page = await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  await give(ann.composer, ['paste'], png('image.png'));
  await expect(trayOf(page)).toHaveCount(1);
  await give(ann.log(room), ['dragenter', 'dragover'], png('over.png'));
  await expect(page.getByText('Send to Order')).toBeVisible();
  await give(ann.log(room), ['drop'], png('dropped.png', 300, 300));
  await expect(page.getByText('Send to Order')).toHaveCount(0);
  await attach(page, [
    png('third.png', 200, 300),
    { name: 'fourth.bin', mimeType: '', buffer: Buffer.alloc(9) },
  ]);
  await expect(trayOf(page)).toHaveCount(4);

  await page.getByRole('button', { name: /^Move third\.png/ }).press('ArrowUp');
  await page.getByRole('button', { name: 'Remove fourth.bin' }).click();
  await ann.composer.fill('and some words');
  await send(page);
  await expect(trayOf(page)).toHaveCount(0);
  await expect(bob.message(room, 'and some words')).toBeVisible();
  const names = await pictures(bob, room).evaluateAll((all) =>
    all.map((one) => one.getAttribute('aria-label')),
  );
  expect(names).toHaveLength(3);
  expect(names.slice(1)).toEqual(['Open image third.png', 'Open image dropped.png']);
  const articles = await bob.log(room).getByRole('article').allInnerTexts();
  expect(articles.at(-1)).toContain('and some words');
});

test('an upload says how far it is, and is stopped with one click', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Slow', [bob]);
  const page = await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  await expect(ann.composer).toBeVisible();
  const network = await ann.context.newCDPSession(page);
  const throttle = (uploadThroughput: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await throttle(400 * 1024);
  await attach(page, [
    { name: 'archive.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(4 * MIB, 7) },
  ]);
  await send(page);
  await ann.write('words do not wait for files?');
  const ring = ann.log(room).getByRole('progressbar', { name: 'Uploading' });
  await expect
    .poll(async () => Number(await ring.getAttribute('aria-valuenow')), { timeout: 20_000 })
    .toBeGreaterThan(10);
  expect(Number(await ring.getAttribute('aria-valuenow'))).toBeLessThan(100);
  await page.getByRole('button', { name: 'Cancel upload' }).click();
  await expect(ring).toHaveCount(0);
  await expect(ann.message(room, 'archive.bin')).toHaveCount(0);
  await throttle(-1);
  await expect(bob.message(room, 'words do not wait')).toBeVisible();
  await expect(bob.message(room, 'archive.bin')).toHaveCount(0);
});

test('what is too large or empty is refused before a byte is sent', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Limits');
  const page = await ann.open(browser, `/r/${room.id}`);
  const uploads: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/upload')) uploads.push(request.url());
  });
  await attach(page, [
    { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(25 * MIB + 1) },
    { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    { name: 'fine.txt', mimeType: 'text/plain', buffer: Buffer.from('fine') },
  ]);
  const alert = page.getByRole('region', { name: 'Write' }).getByRole('alert');
  await expect(alert).toContainText('“film.mov” is larger than 26 MB');
  await expect(alert).toContainText('“nothing.txt” is empty');
  await expect(trayOf(page)).toHaveCount(1);
  expect(uploads).toEqual([]);
  await send(page);
  await expect(ann.log(room).getByRole('link', { name: 'Download fine.txt' })).toBeVisible();
  expect(uploads).toHaveLength(1);
});

test('a voice message is recorded, heard before it goes, and played by the other', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Voices', [bob]);
  const page = await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  await page.getByRole('button', { name: 'Record voice message' }).click();
  const recorder = page.getByRole('group', { name: 'Voice message' });
  await expect(recorder).toContainText('0:02');
  await recorder.getByRole('button', { name: 'Stop and listen' }).click();
  await recorder.getByRole('button', { name: 'Play' }).click();
  await expect(recorder.getByRole('button', { name: 'Pause' })).toBeVisible();
  await recorder.getByRole('button', { name: 'Send voice message' }).click();
  await expect(recorder).toHaveCount(0);
  await expect(ann.composer).toBeFocused();

  const row = bob
    .log(room)
    .getByRole('article')
    .filter({ has: bob.page.getByRole('slider') });
  const place = row.getByRole('slider', { name: 'Position' });
  await expect(place).toHaveAttribute('aria-valuetext', /^0:00 of 0:0[2-4]$/);
  // The fake microphone beeps, so that not all bars are equally low.
  const heights = await place
    .locator('path')
    .first()
    .evaluate((path) => {
      const bars = [...(path.getAttribute('d') ?? '').matchAll(/v([\d.]+)/g)];
      return new Set(bars.map(([, height]) => height)).size;
    });
  expect(heights).toBeGreaterThan(1);
  await expect(row.getByRole('img', { name: 'Not played yet' })).toBeVisible();
  await expect(bob.rooms.getByRole('link', { name: 'Voices' })).toContainText('Voice message');

  await row.getByRole('button', { name: 'Play' }).click();
  await expect(row.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(row.getByRole('img', { name: 'Not played yet' })).toHaveCount(0);
  await expect(row.getByRole('button', { name: 'Play' })).toBeVisible();
  await row.getByRole('button', { name: /^Speed 1×/ }).click();
  await expect(row.getByRole('button', { name: 'Speed 1.5×' })).toBeVisible();

  // Discarded: nothing goes.
  await page.getByRole('button', { name: 'Record voice message' }).click();
  await expect(recorder).toContainText('0:01');
  await recorder.getByRole('button', { name: 'Discard' }).click();
  await ann.write('done talking');
  await expect(bob.message(room, 'done talking')).toBeVisible();
  await expect(bob.log(room).getByRole('slider')).toHaveCount(1);
});

test('files stand as rows: saved with one click, texts read inside, videos seen inside', async ({
  newPerson,
  browser,
}) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Files', [bob]);
  const page = await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  await expect(ann.composer).toBeVisible();
  const film = await record(page);
  await attach(page, [
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('<b>milk</b>, bread') },
    {
      name: 'page.html',
      mimeType: 'text/html',
      buffer: Buffer.from('<script>document.title = "run"</script>'),
    },
    { name: 'film.webm', mimeType: 'video/webm', buffer: film },
  ]);
  await send(page);

  const saved = bob.page.waitForEvent('download');
  await bob.log(room).getByRole('link', { name: 'Download page.html' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('page.html');
  expect(await readFile(await download.path(), 'utf8')).toContain('document.title');

  const text = bob.log(room).getByRole('button', { name: /notes\.txt/ });
  await text.click();
  const viewer = bob.page.getByRole('dialog', { name: 'Viewing notes.txt' });
  await expect(viewer.getByText('<b>milk</b>, bread')).toBeVisible();
  await bob.page.keyboard.press('Escape');
  await expect(text).toBeFocused();

  const video = bob.log(room).getByRole('button', { name: 'Open video film.webm' });
  const box = await video.boundingBox();
  await video.hover();
  await expect
    .poll(() => video.locator('video').evaluate((one: HTMLVideoElement) => one.muted && !one.paused))
    .toBe(true);
  expect(await video.boundingBox()).toEqual(box);
  await video.click();
  const shown = bob.page.getByRole('dialog', { name: 'Viewing film.webm' }).locator('video');
  await expect.poll(() => shown.evaluate((one: HTMLVideoElement) => one.videoWidth)).toBe(160);
});

/** A film of a second, made by the browser itself. */
async function record(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 160;
    canvas.height = 80;
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
    const pieces: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
    const ended = new Promise((done) => recorder.addEventListener('stop', done));
    recorder.start();
    await new Promise<void>((done) => {
      let frame = 0;
      const draw = () => {
        pen.fillStyle = `hsl(${frame * 9} 80% 50%)`;
        pen.fillRect(0, 0, 160, 80);
        frame += 1;
        if (frame > 40) done();
        else requestAnimationFrame(draw);
      };
      draw();
    });
    recorder.stop();
    await ended;
    return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
  });
  return Buffer.from(bytes);
}

test('the viewer is walked through by keys, and gives the focus back', async ({ newPerson, browser }) => {
  const ann = await newPerson('Ann');
  const room = await ann.createRoom('Gallery');
  const page = await ann.open(browser, `/r/${room.id}`);
  await attach(page, [
    png('one.png', 300, 200, [200, 0, 0]),
    png('two.png', 300, 200),
    png('three.png', 300, 200),
  ]);
  await send(page);
  await expect(pictures(ann, room)).toHaveCount(3);
  const [one, two] = [pictures(ann, room).first(), pictures(ann, room).nth(1)];
  await expect(ann.log(room).getByRole('progressbar')).toHaveCount(0);
  await expect(one).toBeEnabled();
  await one.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Viewing one.png' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: 'Viewing two.png' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: 'Viewing three.png' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Later picture or video' })).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  const viewer = page.getByRole('dialog', { name: 'Viewing two.png' });
  const image = viewer.getByRole('img', { name: 'two.png' });
  const before = await image.boundingBox();
  await page.keyboard.press('+');
  await expect.poll(async () => (await image.boundingBox())?.width ?? 0).toBeGreaterThan(before?.width ?? 0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(two).toBeFocused();
});

test('a moving picture stands still until somebody looks at it', async ({ newPerson, browser }) => {
  const [ann, bob] = [await newPerson('Ann'), await newPerson('Bob')];
  const room = await ann.createRoom('Moving', [bob]);
  const page = await ann.open(browser, `/r/${room.id}`);
  await bob.open(browser, `/r/${room.id}`);
  await attach(page, [{ name: 'blink.gif', mimeType: 'image/gif', buffer: animation() }]);
  await send(page);
  const frame = bob.log(room).getByRole('button', { name: 'Open animation blink.gif' });
  await expect(frame).toContainText('GIF');
  await expect(frame.locator('img[src*="/uploads/"]')).toHaveCount(0);
  await frame.hover();
  await expectShown(frame);
  await expect(frame).not.toContainText('GIF');
  await bob.composer.hover();
  await expect(frame).toContainText('GIF');
  await frame.click();
  await expect(bob.page.getByRole('dialog', { name: 'Viewing blink.gif' })).toBeVisible();
});

test('somebody outside gets no file of a room, not even by its address', async ({ newPerson, browser }) => {
  const [ann, eve] = [await newPerson('Ann'), await newPerson('Eve')];
  const room = await ann.createRoom('Private');
  const page = await ann.open(browser, `/r/${room.id}`);
  await eve.open(browser);
  await attach(page, [png('private.png')]);
  await send(page);
  await expect(ann.message(room, '').getByRole('img', { name: /Sent/ })).toBeVisible();
  const [message] = (
    await ann.api<{ mediaMessage: { url: string } | null }[]>('GET', `/room/messages?id=${room.id}`)
  ).filter(({ mediaMessage }) => mediaMessage);
  const url = message?.mediaMessage?.url ?? '';
  expect((await ann.context.request.get(url)).status()).toBe(200);
  expect((await eve.context.request.get(url)).status()).toBe(404);
});
