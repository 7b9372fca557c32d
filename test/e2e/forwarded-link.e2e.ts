import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { StoredFile } from '../../src/contract/index.ts';
import { assertAccessible } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { type HandClient, signInByHand } from './support/client.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { codeIn, mailsTo, mailTo } from './support/mail.ts';
import { linkOf, type MailedLink, mailLink } from './support/recipient.ts';

const MARIA = 'maria@acme.example';
const SAM = 'sam@globex.example';
const FILE = 'rental-contract.txt';
const ACCOUNT = /^Sign in with .?Acme.? instead/;

/** The provider and the mails are those of the demo: three people, and whoever has somebody else's link. */
describe('a link that was forwarded', () => {
  let demo: Demo;
  let browser: Browser;
  let sender: HandClient;
  let file: StoredFile;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
    sender = await signInByHand(demo, 'case-files', 'jo');
    file = await sender.upload({ name: FILE, type: 'text/plain', bytes: Buffer.from('what was signed') });
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  /** In a browser of their own; `said` is all that the broker answered and that the page ever showed. */
  async function open({ addresses }: MailedLink, blocked = false) {
    const context = await browser.newContext({ reducedMotion: 'reduce', acceptDownloads: true });
    if (blocked) await context.addInitScript('window.open = () => null');
    const page = await context.newPage();
    const answers: Promise<string>[] = [];
    context.on('response', (response) => {
      if (new URL(response.url()).origin === demo.broker) answers.push(response.text().catch(() => ''));
    });
    await page.goto(addresses[0] ?? '');
    const said = async () => [await page.content(), await textOf(page), ...(await Promise.all(answers))].join('\n');
    return { context, page, said };
  }

  test('opens for the mailbox and the account it was sent to, and for no other; others see no file name', {
    timeout: 120_000,
  }, async () => {
    const link = await mailLink(demo, sender, [file.id], MARIA);
    const own = await mailLink(demo, sender, [file.id], SAM);
    const sam = await open(link);

    await logIn(sam.context, sam.page, 'sam');
    await sam.page.getByText('This account has another address than the one the email went to.').first().waitFor();
    await assertAccessible(sam.page, 'another account');
    await sam.page.getByRole('button', { name: 'Send me the code' }).click();
    const field = sam.page.getByLabel('Code', { exact: true });
    await field.waitFor();
    const code = codeIn(await mailTo(demo, MARIA, /is your code/));
    assert.deepEqual(await codesTo(SAM), [], 'the code goes to the mailbox of the link alone');

    // The code that Sam may ask for is for another link.
    await ask('code', { token: own.token, is_trusted: true });
    const foreign = codeIn(await mailTo(demo, SAM, /is your code/));
    await field.fill(foreign === code ? '00000000' : foreign);
    await sam.page.getByText('You have 4 tries left').first().waitFor();
    assert.doesNotMatch(await sam.said(), new RegExp(FILE));
    const { state, claims_used } = await linkOf(sender, link.id);
    assert.deepEqual([state, claims_used], ['open', 0]);

    const maria = await open(link);
    // Whoever asked for it: it is in Maria's mailbox.
    await maria.page.getByLabel('Code', { exact: true }).fill(code);
    await maria.page.getByRole('button', { name: 'Accept' }).click();
    const download = maria.page.waitForEvent('download');
    await maria.page
      .getByRole('button', { name: /^Download/ })
      .first()
      .click();
    assert.equal((await download).suggestedFilename(), FILE);
    assert.match(await maria.said(), new RegExp(FILE), 'what is looked for would be found');

    await sam.page.reload();
    await sam.page.getByText('This link has been used').waitFor();
    assert.doesNotMatch(await sam.said(), new RegExp(FILE));
    await Promise.all([sam.context.close(), maria.context.close()]);
  });

  test('where the browser blocks the window, a link leads to the account; a code is there instead', {
    timeout: 120_000,
  }, async () => {
    const link = await mailLink(demo, sender, [file.id], MARIA);
    const { context, page } = await open(link, true);
    await page.getByRole('button', { name: ACCOUNT }).click();
    await page.getByText('Your browser blocked the sign-in window').waitFor();
    await assertAccessible(page, 'window blocked');
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: 'Open sign-in' }).click();
    await fillIn(await opened, 'maria');
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    assert.equal((await codesTo(MARIA)).length, 1, 'no code was needed');
    await context.close();
  });

  test('a window that is closed or left alone stops nobody: the code leads on', { timeout: 120_000 }, async () => {
    const recipient = 'ben@acme.example';
    const { context, page } = await open(await mailLink(demo, sender, [file.id], recipient));
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: ACCOUNT }).click();
    await (await opened).getByLabel('User name').waitFor();
    await (await opened).close();
    await page.getByText('Sign in in the other window').waitFor();
    await page.getByRole('button', { name: 'Get a code by email' }).click();
    await page.getByLabel('Code', { exact: true }).fill(codeIn(await mailTo(demo, recipient, /is your code/)));
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    await context.close();
  });

  const codesTo = async (address: string) =>
    (await mailsTo(demo, address)).filter(({ subject }) => /is your code/.test(subject));

  const ask = (step: string, body: object) =>
    fetch(`${demo.broker}/v1/recipient/${step}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
});

async function logIn(context: BrowserContext, page: Page, username: string): Promise<void> {
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: ACCOUNT }).click();
  await fillIn(await opened, username);
}

async function fillIn(window: Page, username: string): Promise<void> {
  await window.getByLabel('User name').fill(username);
  await window.getByLabel('Password').fill(`${username}-demo`);
  await window.getByRole('button', { name: 'Sign in' }).click();
}

/** Through the shadow root too. */
const textOf = (page: Page): Promise<string> =>
  page.evaluate<string>(`document.querySelector('recipient-consent').shadowRoot.innerHTML`);
