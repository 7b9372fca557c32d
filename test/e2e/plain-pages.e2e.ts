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
import { assertAccessible } from './support/axe.ts';

/** Either direction and long words, a phone and a desk, both schemes. */
const WAYS = [
  { lang: 'en', scheme: 'light', width: 360 },
  { lang: 'de', scheme: 'dark', width: 1280 },
  { lang: 'ar', scheme: 'dark', width: 360 },
] as const;

describe('the pages around mails and receipts', () => {
  let rig: LinkRig;
  let server: Server;
  let browser: Browser;
  let url: string;
  let sent = 0;
  before(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    rig = await LinkRig.start({ publicUrl: url });
    server.on('request', getRequestListener(createApp(rig.deps, createIssuer(rig.deps), NO_SCRIPTS).fetch));
    browser = await chromium.launch(playwrightOptions('chromium', requireBrowser('chromium').path));
  });
  after(async () => {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
    await rig.close();
  });

  /** The secrets of a link's mail, which goes to an address of its own. */
  const mailed = async (lang: string) => {
    sent += 1;
    const files = [await rig.storeFile(), await rig.storeFile()];
    await rig.asSender(
      'POST',
      '/v1/links',
      rig.wish(files, { language: lang, recipient: `jo-${sent}@mail.example.org` }),
    );
    const { text } = (await rig.deliver('link-mail')).at(-1) ?? assert.fail('no mail');
    const [token = '', stop = ''] = ['r', 'stop'].map((page) => new RegExp(`/${page}#(\\w{43})`).exec(text)?.[1] ?? '');
    return { token, stop };
  };
  const receiptOf = async (token: string): Promise<ReceiptFile> => {
    const key = await PageKey.make();
    const { verified } = await rig.accepted(token, key);
    return (await rig.asRecipient('receipt', verified.recipient_token, key)).body as ReceiptFile;
  };
  /** In a context of its own: axe works in no other. */
  const opened = async ({
    lang,
    scheme,
    width,
  }: {
    lang: string;
    scheme: 'light' | 'dark';
    width: number;
  }): Promise<Page> => {
    const context = await browser.newContext({ locale: lang, colorScheme: scheme, viewport: { width, height: 740 } });
    return context.newPage();
  };

  for (const way of WAYS) {
    const { lang, scheme, width } = way;
    /** axe, the page's own language and direction, nothing beside the window. */
    const assertWell = async (page: Page, state: string) => {
      await assertAccessible(page, `${state}, ${lang}`);
      const { ofPage, isWide } = await page.locator('html').evaluate((html) => ({
        ofPage: [html.getAttribute('lang'), html.getAttribute('dir')],
        isWide: html.scrollWidth > html.clientWidth,
      }));
      assert.deepEqual(ofPage, [lang, lang === 'ar' ? 'rtl' : 'ltr'], state);
      assert.equal(isWide, false, state);
    };

    test(`are well in every state, ${lang}, ${scheme}, ${width} px`, async () => {
      const page = await opened(way);
      const { token, stop } = await mailed(lang);
      const file = await receiptOf(token);
      const check = async (text: string) => {
        await page.getByRole('textbox').fill(text);
        await page.locator('output').evaluate((out) => out.replaceChildren());
        await page.locator('form button').click();
        await page.locator('output > *').first().waitFor();
      };
      await page.goto(`${url}/verify`);
      await assertWell(page, 'verify');
      await check(JSON.stringify(file));
      await page.locator('output dl').first().waitFor();
      await assertWell(page, 'genuine');
      await check('nonsense');
      await assertWell(page, 'no receipt');

      await page.goto(`${url}/stop#${stop}`);
      await page.locator('#stop').waitFor();
      await assertWell(page, 'stop');
      await page.locator('#stop').click();
      await page.locator('#allow').waitFor();
      await assertWell(page, 'stopped');
      await page.goto('about:blank');
      await page.goto(`${url}/stop#${'x'.repeat(43)}`);
      await page.locator('#unknown').waitFor();
      await assertWell(page, 'unknown link');
      await page.route('**/v1/recipient/**', (route) => route.abort());
      await page.goto('about:blank');
      await page.goto(`${url}/stop#${stop}`);
      await page.locator('#problem').waitFor();
      assert.equal(await page.locator('#loading').isVisible(), false);
      await assertWell(page, 'unreachable');

      await page.goto(`${url}/nowhere`);
      await assertWell(page, 'no such page');
      await page.close();
    });
  }

  test('the receipt prints on one sheet: what was answered, black on white, and no way to it', async () => {
    const page = await opened({ lang: 'de', scheme: 'dark', width: 1280 });
    const file = await receiptOf((await mailed('de')).token);
    await page.goto(`${url}/verify`);
    await page.getByRole('textbox').fill(JSON.stringify(file));
    await page.locator('form button').click();
    await page.locator('output dl').first().waitFor();
    const pdf = await page.pdf({ format: 'A4' });
    assert.deepEqual(/\/Type \/Pages[^>]*\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1], '1');
    await page.emulateMedia({ media: 'print' });
    for (const selector of ['form', 'main > h1', 'main > p', 'output > button']) {
      assert.equal(await page.locator(selector).isVisible(), false, selector);
    }
    const look = await page.locator('output h2').evaluate((heading) => ({
      ink: getComputedStyle(heading).color,
      paper: getComputedStyle(document.documentElement).backgroundColor,
      withdraw: getComputedStyle(document.querySelector('output a') ?? heading, '::after').content,
    }));
    assert.deepEqual([look.ink, look.paper], ['rgb(22, 26, 33)', 'rgba(0, 0, 0, 0)']);
    assert.equal(look.withdraw.includes(`${url}/w#`), true);
    await page.close();
  });

  test('a receipt leads to a page for withdrawing at the one who signed it, and nowhere else', async () => {
    const page = await opened({ lang: 'en', scheme: 'light', width: 360 });
    const file = await receiptOf((await mailed('en')).token);
    await page.goto(`${url}/verify`);
    const shown = async (withdraw: string | undefined) => {
      await page.locator('output').evaluate((out) => out.replaceChildren());
      await page.getByRole('textbox').fill(JSON.stringify({ ...file, withdraw }));
      await page.locator('form button').click();
      await page.locator('output > button').waitFor();
      return page.locator('output a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    };
    assert.deepEqual(await shown(file.withdraw), [file.withdraw]);
    assert.deepEqual(await shown('https://evil.example/w#x'), []);
    assert.deepEqual(await shown('javascript:alert(1)'), []);
  });
});
