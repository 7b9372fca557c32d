import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { verifyConsent, verifyUpload } from '../../src/verify/index.ts';
import { assertAccessible } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { jpegBytes, makeFile, makeFolder } from './support/files.ts';
import { codeIn, linkIn, mailsTo, mailTo } from './support/mail.ts';
import { storedHashes } from './support/storage.ts';

const PICTURES = new URL('../artifacts/journey/', import.meta.url).pathname;
const MB = 1024 * 1024;

describe('the main job: upload, send, consent, download', () => {
  let demo: Demo;
  let browser: Browser;
  const folder = makeFolder();
  const photo = makeFile(folder, 'shop-window.jpg', jpegBytes(12 * MB));
  const tiny = makeFile(folder, 'one.txt', Buffer.from('1'));

  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const snap = async (page: Page, name: string) => {
    await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true, animations: 'disabled' });
    await assertAccessible(page, name);
  };

  test('on a computer', { timeout: 180_000 }, async () => {
    const sender = await browser.newContext({ viewport: { width: 900, height: 900 }, reducedMotion: 'reduce' });
    const page = await sender.newPage();
    const problems = watch(page, demo);
    await page.goto(`${demo.site}/files`);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await snap(page, '1-signed-out');

    await page.locator('secure-upload input[type=file]').first().setInputFiles([photo.path, tiny.path]);
    await page.getByRole('button', { name: 'Upload 2 files' }).waitFor();
    await snap(page, '2-review');

    const popup = sender.waitForEvent('page');
    await page.getByRole('button', { name: 'Upload 2 files' }).click();
    await logIn(await popup, 'jo');
    await page.getByText('2 files uploaded').first().waitFor();
    await snap(page, '3-done');
    assert.deepEqual((await storedHashes(demo)).sort(), [photo.sha256, tiny.sha256].sort());
    const reference = await referenceOn(page);

    await page.getByRole('button', { name: 'Send to someone' }).click();
    await page.getByLabel('Send to').fill('iris@outside.example');
    await page.getByLabel('What is it for?').fill('Your signed rental contract');
    await snap(page, '4-compose');
    await page.getByRole('button', { name: 'Send link' }).click();
    await page.getByLabel('I have read this and say yes').check();
    await page.getByRole('button', { name: 'Send link' }).click();
    await page
      .getByText(/^Link sent to .?iris@outside\.example/)
      .first()
      .waitFor();
    await snap(page, '5-sent');

    const mail = await mailTo(demo, 'iris@outside.example', /sent you 2 files/);
    assert.ok(mail.text.includes(reference), 'the mail carries the reference that the sender sees');
    assert.ok(!mail.text.includes('shop-window'), 'no file name in a mail');

    const recipient = await browser.newContext({
      viewport: { width: 700, height: 900 },
      acceptDownloads: true,
      reducedMotion: 'reduce',
    });
    const reader = await recipient.newPage();
    const readerProblems = watch(reader, demo);
    await reader.goto(linkIn(mail));
    await reader
      .getByText(/Jo Meyer.? sent you 2\sfiles/)
      .first()
      .waitFor();
    assert.ok(!(await reader.locator('body').innerText()).includes('shop-window'), 'no file name before proof');
    await snap(reader, '6-cover');
    assert.equal((await mailsTo(demo, 'iris@outside.example')).length, 1, 'looking sends no code');

    await reader.getByRole('button', { name: 'Send me the code' }).click();
    await reader.getByLabel('Code', { exact: true }).waitFor();
    await snap(reader, '7-code');
    const code = codeIn(await mailTo(demo, 'iris@outside.example', /is your code/));
    await reader.getByLabel('Code', { exact: true }).pressSequentially('00000000' === code ? '11111111' : '00000000');
    await reader.getByRole('button', { name: 'Continue' }).click();
    await reader.getByText('You have 4 tries left').first().waitFor();
    await snap(reader, '8-code-wrong');
    // Filled in as by autofill: it sends itself.
    await reader.getByLabel('Code', { exact: true }).fill(code);
    await reader.getByText('Do you want to receive these files?').waitFor();
    assert.ok(!reader.url().includes('#'), 'the secret leaves the address once the code was accepted');
    await snap(reader, '9-decision');

    await reader.getByRole('button', { name: 'Accept' }).click();
    await reader.getByText('Your files are ready').waitFor();
    await snap(reader, '10-ready');
    assert.equal(await download(reader, 'shop-window.jpg'), photo.sha256);
    assert.equal(await download(reader, 'one.txt'), tiny.sha256);
    await reader.getByText('Nothing was changed on the way').first().waitFor();
    await snap(reader, '11-received');

    const receipt = reader.waitForEvent('download');
    await reader.getByRole('button', { name: 'Save receipt' }).click();
    const saved = readFileSync(await (await receipt).path(), 'utf8');
    const jws = /[\w-]{20,}\.[\w-]+\.[\w-]{80,}/.exec(saved)?.[0] ?? '';
    const claims = await verifyConsent(jws, { issuer: demo.broker });
    assert.equal(claims.event.event_state, 'given');
    assert.equal(claims.reference, reference.replace('-', ''));

    // On another day, in another browser: the mail leads to the links that were sent.
    const later = await browser.newContext({ viewport: { width: 900, height: 900 }, reducedMotion: 'reduce' });
    const links = await later.newPage();
    const told = await mailTo(demo, 'jo@acme.example', /accepted your files and started to get them/);
    await links.goto(told.text.match(/http\S+#links-sent/)?.[0] ?? '');
    await links.getByRole('heading', { name: 'Links you sent' }).waitFor();
    await snap(links, '12-links-signed-out');
    const window = later.waitForEvent('page');
    await links.getByRole('button', { name: 'Sign in with Acme' }).click();
    await logIn(await window, 'jo');
    await links
      .getByText(/iris@outside\.example/)
      .first()
      .waitFor();
    await links
      .getByText(/^Download started /)
      .first()
      .waitFor();
    await snap(links, '13-links-sent');

    await secondKeyIsRefused(recipient, linkIn(mail));
    assert.deepEqual(problems, []);
    assert.deepEqual(
      readerProblems.map((problem) => /status of (\d+)/.exec(problem)?.[1] ?? problem),
      ['403'],
      'the wrong code, and nothing else',
    );
  });

  test('on a phone, with the page thrown away while the code is fetched', { timeout: 180_000 }, async () => {
    const phone = {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
      reducedMotion: 'reduce',
    } as const;
    const sender = await browser.newContext(phone);
    const page = await sender.newPage();
    const problems = watch(page, demo);
    const shot = makeFile(folder, 'IMG_2041.jpg', jpegBytes(3 * MB));
    await page.goto(demo.site);
    const signIn = page.getByRole('button', { name: 'Sign in with Acme' });
    await signIn.waitFor();
    await snap(page, 'phone-1-signed-out');
    const tab = sender.waitForEvent('page');
    await signIn.tap();
    await logIn(await tab, 'jo');
    await page.getByText('Signed in as Jo Meyer').first().waitFor();
    await snap(page, 'phone-2-ready');
    await page.locator('secure-upload input[type=file]').first().setInputFiles(shot.path);
    await page.getByRole('button', { name: 'Upload 1 file' }).tap();
    await page.getByText('1 file uploaded').first().waitFor();
    await snap(page, 'phone-3-done');
    await page.getByRole('button', { name: 'Send to someone' }).tap();
    await page.getByLabel('Send to').fill('ben@outside.example');
    await page.getByLabel('What is it for?').fill('The photo you asked for');
    await page.getByRole('button', { name: 'Send link' }).tap();
    await page.getByLabel('I have read this and say yes').tap();
    // A tunnel: the link is made and its mail goes out, and the answer is lost.
    await page.route(
      (url) => url.pathname === '/v1/links',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await page.getByRole('button', { name: 'Send link' }).tap();
    await page.getByText('We cannot reach the service. Try again: nobody gets a link twice.').first().waitFor();
    assert.match(problems.splice(0).join('\n'), /^Failed to load resource: net::ERR_FAILED$/);
    await page.getByRole('button', { name: 'Send link' }).tap();
    await page
      .getByText(/^Link sent to .?ben@outside\.example/)
      .first()
      .waitFor();

    const recipient = await browser.newContext({ ...phone, acceptDownloads: true });
    const reader = await recipient.newPage();
    const readerProblems = watch(reader, demo);
    await reader.goto(linkIn(await mailTo(demo, 'ben@outside.example', /sent you 1 file/)));
    await reader.getByRole('button', { name: 'Send me the code' }).tap();
    await reader.getByLabel('Code', { exact: true }).waitFor();
    const code = codeIn(await mailTo(demo, 'ben@outside.example', /is your code/));
    await reader.reload();
    await reader.getByLabel('Code', { exact: true }).waitFor();
    await snap(reader, 'phone-4-code-again');
    const mails = (await mailsTo(demo, 'ben@outside.example')).map(({ subject }) => /code for/.test(subject));
    assert.deepEqual(mails, [false, true], 'a link pressed twice is one link, and a reload sends no second code');
    // Filled in as by autofill: it sends itself.
    await reader.getByLabel('Code', { exact: true }).fill(code);
    await reader.getByRole('button', { name: 'Accept' }).waitFor();
    await snap(reader, 'phone-5-decision');
    await reader.getByRole('button', { name: 'Accept' }).tap();
    assert.equal(await download(reader, 'IMG_2041.jpg'), shot.sha256);
    await reader.getByText('Nothing was changed on the way').first().waitFor();
    await snap(reader, 'phone-6-received');
    await reader.getByRole('button', { name: 'Withdraw' }).tap();
    await reader.getByText('Withdraw?').waitFor();
    await snap(reader, 'phone-7-withdraw');
    await reader.getByRole('button', { name: 'Withdraw' }).tap();
    await reader.getByText('You withdrew').first().waitFor();
    await snap(reader, 'phone-8-withdrawn');
    await reader.goto(linkIn(await mailTo(demo, 'ben@outside.example', /sent you 1 file/)));
    await reader
      .getByText(/^You withdrew|was withdrawn/)
      .first()
      .waitFor();
    assert.equal(await reader.getByRole('button', { name: /^Download/ }).count(), 0);
    assert.deepEqual([...problems, ...readerProblems], []);
  });

  test('in a form, the ids and receipts go with it, and the receipts can be checked', {
    timeout: 120_000,
  }, async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${demo.site}/form`);
    await page.getByLabel('What is it about?').fill('A broken vase');
    const popup = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.locator('secure-upload input[type=file]').first().setInputFiles(tiny.path);
    const upload = page.getByRole('button', { name: /^(Upload 1 file|Sign in)/ });
    await upload.first().click();
    await logIn(await popup, 'jo');
    await page.getByText('It is sent with the form.').first().waitFor();
    await page.screenshot({ path: `${PICTURES}form-done.png`, fullPage: true });
    const values = await page.evaluate(() =>
      [...new FormData(document.forms[0])].map(([name, value]) => [name, String(value)]),
    );
    const receipt = values.find(([name]) => name === 'documents-receipt')?.[1] ?? '';
    const claims = await verifyUpload(receipt, { issuer: demo.broker, app: 'case-files' });
    assert.equal(claims.sha256, tiny.sha256);
    assert.equal(claims.upload, values.find(([name]) => name === 'documents')?.[1]);
    await page.getByRole('button', { name: 'Send the case' }).click();
    await page.getByText('With 1 document.').waitFor();
  });

  async function secondKeyIsRefused(context: BrowserContext, link: string): Promise<void> {
    const other = await context.newPage();
    await other.goto(link);
    await other.getByText('This link has been used').waitFor();
    await snap(other, '12-used');
  }

  async function download(page: Page, name: string): Promise<string> {
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: new RegExp(`Download.*${name}`) }).click();
    const bytes = readFileSync(await (await started).path());
    return createHash('sha256').update(bytes).digest('base64');
  }
});

async function logIn(window: Page, username: string): Promise<void> {
  await window.getByLabel('User name').fill(username);
  await window.getByLabel('Password').fill(`${username}-demo`);
  const closed = window.waitForEvent('close');
  await window.getByRole('button', { name: 'Sign in' }).click();
  await closed;
}

async function referenceOn(page: Page): Promise<string> {
  return page.getByText(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/).innerText();
}

/** What the page complained about: script errors and broken policies. */
function watch(page: Page, demo: Demo): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(error.message));
  page.on('console', (message) => {
    // On a builder's page, which this is, the setup is checked: the storage has no page to answer with.
    const isProbe = message.location().url === new URL('/', demo.storage).href;
    if (message.type() === 'error' && !isProbe) found.push(message.text());
  });
  return found;
}
