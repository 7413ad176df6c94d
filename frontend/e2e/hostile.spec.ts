import { expect, test } from './test';

// In every place where somebody can write: an image that runs something when it fails to load, and what a page would
// need to notice it. Violations of the content policy and exceptions end the test by themselves.
const HOSTILE = '<img src=x onerror=ran()>';

test('nothing that anybody names or writes is run', async ({ newPerson, browser }) => {
  const [ann, eve] = [await newPerson('Ann'), await newPerson('Eve')];
  await eve.api('POST', '/userInfo', { userName: HOSTILE, bio: HOSTILE, github: HOSTILE });
  const room = await eve.createRoom(`${HOSTILE} room`, [ann]);
  for (const text of [
    HOSTILE,
    '<script>ran()</script><svg onload=ran()><iframe srcdoc="<script>ran()</script>">',
    '[a](javascript:ran()) [b](data:text/html,<script>ran()</script>) [c](vbscript:ran) <a href="javascript:ran()">d</a>',
    '```<img src=x onerror=ran()>\n</code></pre><img src=x onerror=ran()>```',
    '| <img src=x onerror=ran()> |\n| --- |\n| "onmouseover="ran() |',
    'https://example.org/"onmouseover="ran() http://x/<img/src=x/onerror=ran()>',
  ]) {
    await eve.say(room, text);
  }
  const form = new FormData();
  form.set('scene', 'message');
  form.set('file', new Blob(['<script>ran()</script>']), `${HOSTILE}.html`);
  const answer = await fetch(`${eve.server.url}/api/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${eve.token}` },
    body: form,
  });
  const { data } = (await answer.json()) as { data: { url: string } };
  const mediaMessage = { url: data.url, text: HOSTILE };
  await eve.api('POST', '/room/message', { channelId: room.id, contentType: 'MEDIA_MESSAGE', mediaMessage });

  const page = await ann.open(browser, `/r/${room.id}`);
  await expect(ann.log(room).getByText(HOSTILE, { exact: true }).first()).toBeVisible();
  await expect(ann.rooms.getByText(room.name)).toBeVisible();
  await expect(ann.log(room).locator('img[src="x"], script, iframe, svg[onload], [onerror]')).toHaveCount(0);
  const links = await ann.log(room).getByRole('link').all();
  for (const link of links) expect(await link.getAttribute('href')).toMatch(/^(https?:|mailto:|\/)/);
  const file = await page.request.get(data.url);
  expect(file.headers()['content-disposition']).toContain('attachment');

  // What Ann pastes is text as well.
  await ann.write(HOSTILE);
  await expect(ann.log(room).getByText(HOSTILE, { exact: true }).last()).toBeVisible();
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(ann.complaints).toEqual([]);

  // A script that got into the page all the same would be stopped by the content policy.
  const stopped = await page.evaluate(() => {
    const blocked = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
        resolve(violatedDirective),
      ),
    );
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    return blocked;
  });
  expect(stopped).toContain('script-src');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  // The browser says so, too.
  ann.complaints.length = 0;
});
