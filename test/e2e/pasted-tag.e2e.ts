import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible } from './support/axe.ts';
import { dropFiles } from './support/chromium.ts';
import type { Demo } from './support/demo.ts';
import { jpegBytes, makeFile, makeFolder, pngBytes } from './support/files.ts';
import { withChromium } from './support/stage.ts';

const MB = 1024 * 1024;

describe('the tag as a builder pastes it', () => {
  let demo: Demo;
  let browser: Browser;
  withChromium((...parts) => {
    [demo, browser] = parts;
  });

  test('the page is plain HTML with the snippet, and its hash is that of the script', async () => {
    const page = await (await fetch(demo.site)).text();
    const [, src = '', hash] =
      /<script type="module" src="([^"]+)"\s+integrity="sha384-([^"]+)" crossorigin>/.exec(page) ?? [];
    assert.match(src, /\/v1\/secure-upload@\d+\.\d+\.\d+\.js$/);
    const script = Buffer.from(await (await fetch(src)).arrayBuffer());
    assert.equal(createHash('sha384').update(script).digest('base64'), hash);
    assert.ok(!page.includes('/v1/secure-upload.js'));
  });

  test('where the script is blocked, the link inside leads to the hosted page, which does the same job', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('**/v1/secure-upload@*', (route) => route.abort());
    await page.goto(demo.site);
    await page.getByRole('link', { name: 'Upload files' }).click();
    await page.unroute('**/v1/secure-upload@*');
    await page.goto(`${demo.broker}/u/cs-screenshots`);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await assertAccessible(page, 'hosted page');
    const picture = makeFile(makeFolder(), 'picture.png', pngBytes());
    await page.locator('secure-upload input[type=file]').first().setInputFiles(picture.path);
    const popup = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    const window = await popup;
    await window.getByLabel('User name').fill('jo');
    await window.getByLabel('Password').fill('jo-demo');
    await window.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('1 file uploaded').first().waitFor();
    await context.close();
  });

  test('a file over the limit by one byte, and a renamed program, say why; no request leaves for them', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const folder = makeFolder();
    const large = makeFile(folder, 'large.jpg', jpegBytes(15 * MB + 1));
    const program = makeFile(folder, 'holiday.jpg', Buffer.concat([Buffer.from('MZ'), jpegBytes(4000)]));
    const fitting = makeFile(folder, 'fits.jpg', jpegBytes(15 * MB));
    await page.goto(demo.site);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    const sent: string[] = [];
    // Parts of the script may still come; nothing of the files goes.
    const probe = new URL('/', demo.storage).href; // The setup of a builder's page is checked without any file.
    page.on('request', (request) => {
      if (request.resourceType() !== 'script' && request.url() !== probe) sent.push(request.url());
    });
    await dropFiles(page, { css: '.zone' }, [large.path, program.path, fitting.path]);
    await page
      .getByRole('button', { name: 'Upload 1 file' })
      .or(page.getByRole('button', { name: 'Upload the other one' }))
      .waitFor();
    const list = await page.locator('secure-upload').locator('li').allInnerTexts();
    assert.match(list[0] ?? '', /large\.jpg[\s\S]*15\.\d+\sMB is over the limit of 15\sMB/);
    assert.match(list[1] ?? '', /holiday\.jpg[\s\S]*(can run programs|Named \.jpg, but it is)/);
    assert.ok(!/limit|cannot/.test(list[2] ?? ''), 'a file of exactly 15 MB is fine');
    assert.deepEqual(sent, []);
    await assertAccessible(page, 'some refused');
    await context.close();
  });

  test('an app that is not there, or a page that is not on its list, shows visitors nothing about the setup', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(demo.site);
    await page.locator('secure-upload').evaluate((box) => box.setAttribute('app', 'cs-screenshot'));
    await page.getByText('Uploads are not available here right now').first().waitFor();
    const text = await page.locator('main').innerText();
    assert.ok(!/list|registered|copy the lines/i.test(text), text);
    await assertAccessible(page, 'unavailable');
  });
});
