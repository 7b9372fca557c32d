import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createApp } from '../../demo/broker/app.ts';
import { createIssuer } from '../../demo/identity/live-issuer.ts';
import type { ReceiptFile } from '../../src/contract/index.ts';
import { playwrightOptions, requireBrowser } from '../support/browsers.ts';
import { LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';
import { NO_SCRIPTS } from '../support/scripts.ts';

describe('the page that checks a receipt', () => {
  let rig: LinkRig;
  let server: Server;
  let browser: Browser;
  let page: Page;
  let file: ReceiptFile;
  const asked: string[] = [];
  const violations: string[] = [];

  before(async () => {
    rig = await LinkRig.start();
    const app = createApp(rig.deps, createIssuer(rig.deps), NO_SCRIPTS);
    server = createServer(getRequestListener(app.fetch));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const key = await PageKey.make();
    const { token } = await rig.sentLink();
    const { verified } = await rig.accepted(token, key);
    file = (await rig.asRecipient('receipt', verified.recipient_token, key)).body as ReceiptFile;
    browser = await chromium.launch(playwrightOptions('chromium', requireBrowser('chromium').path));
    page = await browser.newPage({ locale: 'en' });
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    page.on(
      'console',
      (message) => message.text().includes('Content Security Policy') && violations.push(message.text()),
    );
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/verify`);
  });
  after(async () => {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
    await rig.close();
  });

  const told = async (text: string, words: RegExp) => {
    await page.getByRole('textbox').fill(text);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('output').getByText(words).first().waitFor();
    return page.locator('output').innerText();
  };

  test('tells a genuine one word for word, and asks for nothing but keys', async () => {
    const text = await told(JSON.stringify(file), /This receipt is genuine/);
    assert.match(text.replace(/[\u2068\u2069]/g, ''), /^You accepted 2\sfiles from Maria Lopez at acme Ltd\n/);
    assert.match(text, /So that acme Ltd can show that the files reached you\./);
    const { leaf = 0, size } = file.proof ?? {};
    assert.match(text, new RegExp(`It stands in the log, as entry ${leaf + 1} of ${size}, and the log is signed\\.`));
    assert.match(text, /7F3K-92QD/);
    assert.deepEqual(
      asked.filter((call) => !/pages\/|favicon/.test(call)),
      ['GET /verify', 'GET /v1/receipt-keys', 'GET /v1/ledger-keys'],
    );
  });

  test('tells a genuine one whose place in the log is another, not told, or not to be checked', async () => {
    const proof = file.proof ?? assert.fail('no proof');
    const moved = { ...file, proof: { ...proof, leaf: proof.leaf - 1 } };
    assert.match(await told(JSON.stringify(moved), /the log does not have it/), /This receipt is genuine/);
    assert.match(await told(file.receipt, /says nothing of its place/), /This receipt is genuine/);
    await page.route('**/v1/ledger-keys', (route) => route.fulfill({ status: 503 }));
    await told(JSON.stringify(file), /place in the log was not checked/);
    await page.unroute('**/v1/ledger-keys');
    await page.evaluate(() => {
      const { importKey } = SubtleCrypto.prototype;
      SubtleCrypto.prototype.importKey = function (...args: unknown[]) {
        if (args[2] === 'Ed25519') return Promise.reject(new DOMException('no', 'NotSupportedError'));
        return Reflect.apply(importKey, this, args);
      };
    });
    await told(JSON.stringify(file), /too old to check its place/);
    assert.deepEqual(violations, []);
  });

  test('tells one that was changed, one of another service, and what is none', async () => {
    const [head = '', body = '', signature = ''] = file.receipt.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const sealed = (more: object) =>
      [head, Buffer.from(JSON.stringify({ ...claims, ...more })).toString('base64url'), signature].join('.');
    await told(sealed({ reference: '00000000' }), /is not genuine. It was changed later/);
    await told(sealed({ iss: 'https://other.example' }), /is from another service/);
    await told('{"receipt":7}', /This is not a receipt/);
    await told('', /This is not a receipt/);
    const whole = await told(JSON.stringify({ ...file, withdraw: 7 }), /This receipt is genuine/);
    assert.match(whole, /Print/, 'also where what nobody signed is odd');
  });
});
