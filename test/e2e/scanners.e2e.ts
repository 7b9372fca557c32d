import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Cover, Link, StoredFile } from '../../src/contract/index.ts';
import { launchChromium } from './support/chromium.ts';
import { type HandClient, sha256, signInByHand } from './support/client.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { mailsTo } from './support/mail.ts';
import { codesIn, linkOf, type MailedLink, mailLink, receiveByHand } from './support/recipient.ts';
import { submitForms } from './support/scan-page.ts';
import { SCANNERS, TRUSTED_CLICKS } from './support/scanners.ts';

/** Of the app's own organisation, so that the page offers all ways: a code, an account, and that it is for somebody else. */
const addressOf = (n: number) => `reader-${n}@acme.example`;

describe('what reads mails before people do', () => {
  let demo: Demo;
  let browser: Browser;
  let sender: HandClient;
  let file: StoredFile;
  const bytes = Buffer.from('what was signed');
  let links: readonly MailedLink[] = [];

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
    sender = await signInByHand(demo, 'case-files', 'jo');
    file = await sender.upload({ name: 'rental-contract.txt', type: 'text/plain', bytes });
    const all = [...SCANNERS, TRUSTED_CLICKS, 'a form'].map((_, n) => mailLink(demo, sender, [file.id], addressOf(n)));
    links = await Promise.all(all);
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const linkFor = (n: number): MailedLink => links[n] ?? assert.fail('no link for it');
  const ask = async <Body>(step: string, body: object): Promise<Body> => {
    const headers = { 'content-type': 'application/json' };
    const address = `${demo.broker}/v1/recipient/${step}`;
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Body;
  };
  const coverOf = ({ token }: MailedLink) => ask<Cover>('notice', { token });
  const codesTo = async ({ recipient }: MailedLink) => codesIn(await mailsTo(demo, recipient)).length;

  /** Nobody has used up, answered, locked or told anything; whose link it is gets the files. */
  async function isWhole(mail: MailedLink, more: Partial<Link> = {}): Promise<void> {
    const { state, claims_used, locked_until, reported, asked_at, stopped } = await linkOf(sender, mail.id);
    const whole = { state: 'open', claims_used: 0, locked_until: undefined, reported: undefined };
    const found = { state, claims_used, locked_until, reported, asked_at, stopped };
    assert.deepEqual(found, { ...whole, asked_at: undefined, stopped: undefined, ...more });
    assert.deepEqual(await receiveByHand(demo, mail), [sha256(bytes)]);
  }

  for (const [n, { name, scan }] of SCANNERS.entries()) {
    test(`${name}: uses nothing up, mails nobody, and the person gets the files`, { timeout: 60_000 }, async () => {
      const mail = linkFor(n);
      await scan(mail, { broker: demo.broker, browser });
      assert.equal((await coverOf(mail)).code, null, 'no code was made');
      await isWhole(mail);
      assert.equal(await codesTo(mail), 1, 'the code that the person asked for, and none before it');
    });
  }

  test(`${TRUSTED_CLICKS.name}: codes go out for presses alone and within the limit, and the person gets the files`, {
    timeout: 90_000,
  }, async () => {
    const mail = linkFor(SCANNERS.length);
    const presses = await TRUSTED_CLICKS.scan(mail, { broker: demo.broker, browser });
    const { code } = await coverOf(mail);
    assert.equal(code?.tries_left, 5, 'an empty field is no try');
    const { reported, stopped } = await linkOf(sender, mail.id);
    await isWhole(mail, { reported, stopped });
    const codes = await codesTo(mail);
    assert.ok(codes <= Number(presses), `${codes} codes for ${presses} presses`);
    assert.ok(codes <= 3, `${codes} codes within the hour`);
  });

  test('the form of a page whose code is out, posted empty and with a bot’s address: no try is used', {
    timeout: 60_000,
  }, async () => {
    const mail = linkFor(SCANNERS.length + 1);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(mail.addresses[0] ?? '');
    await page.getByRole('button', { name: 'Send me the code' }).click();
    await page.getByLabel('Code', { exact: true }).waitFor();
    assert.equal(await submitForms(page), 1);
    await context.close();
    assert.equal((await coverOf(mail)).code?.tries_left, 5);
    await isWhole(mail);
    assert.equal(await codesTo(mail), 1);
  });
});
