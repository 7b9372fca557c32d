import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { ROUTES } from '../../../src/contract/index.ts';
import type { MailedLink } from './recipient.ts';
import { answersTo, CLICK_ALL, eachAddress, onPage, PLACE, submitForms, withPage } from './scan-page.ts';
import { until } from './tab.ts';

/** What reads mails before people do, each as it goes at the addresses of one mail. */
export interface Scanner {
  readonly name: string;
  scan(mail: MailedLink, at: At): Promise<void>;
}

interface At {
  readonly broker: string;
  readonly browser: Browser;
}

const BOTS = {
  Slack: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Outlook Safe Links': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; ms-office; MSOffice 16)',
  Teams: 'Mozilla/5.0 (compatible; SkypeUriPreview/1.0; preview)',
  WhatsApp: 'WhatsApp/2.24.6.77 A',
  Facebook: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  Google: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
};

export const SCANNERS: readonly Scanner[] = [
  ...['GET', 'HEAD', 'OPTIONS'].map((method) => ({
    name: `${method} of every address, with the secret in its path, query and headers too`,
    scan: async (mail: MailedLink, { broker }: At) => {
      for (const address of spellings(mail)) {
        const { status } = await fetch(address, { method, headers: { referer: address, origin: broker } });
        assert.ok(status < 500, `${method} ${address}: ${status}`);
      }
      for (const path of recipientPaths()) {
        const answer = await fetch(`${broker}${path}?${facts(mail)}`, { method, headers: { origin: broker } });
        assert.ok([204, 404, 405].includes(answer.status), `${method} ${path}: ${answer.status}`);
      }
    },
  })),
  {
    name: 'POST of the addresses, as forms and as JSON that lacks a press',
    scan: async (mail, { broker }) => {
      for (const address of spellings(mail)) {
        const { status } = await fetch(address, { method: 'POST', body: facts(mail) });
        assert.ok(status >= 400 && status < 500, `${address}: ${status}`);
      }
      for (const path of recipientPaths().filter((one) => !one.endsWith('/notice'))) {
        const { status } = await fetch(broker + path, { method: 'POST', body: facts(mail) });
        assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
      }
    },
  },
  {
    name: `previews by ${Object.keys(BOTS).join(', ')}, with all that the page loads`,
    scan: async (mail) => {
      for (const agent of Object.values(BOTS)) {
        for (const address of spellings(mail)) await preview(address, agent);
      }
    },
  },
  {
    name: 'link prefetch by a page that holds the addresses',
    scan: async (mail, { browser }) => {
      const links = mail.addresses.map((address) => `<link rel="prefetch" href="${address}">`).join('');
      await withPage(browser, {}, async (page) => {
        const seen = answersTo(page, mail);
        await onPage(links, async (webmail) => {
          await page.goto(webmail);
          await seen();
        });
      });
    },
  },
  {
    // Chromium turns prerendering off where it is driven; a page that runs with nobody before it is the next row.
    name: 'speculation rules of a page that holds the addresses',
    scan: (mail, { browser }) =>
      withPage(browser, {}, async (page) => {
        const session = await page.context().newCDPSession(page);
        const ready = new Set<string>();
        session.on('Preload.prefetchStatusUpdated', ({ status, key }) => status === 'Ready' && ready.add(key.url));
        await session.send('Preload.enable');
        const wanted = { source: 'list', urls: mail.addresses, eagerness: 'immediate' };
        const rules = JSON.stringify({ prefetch: [wanted], prerender: [wanted] });
        await onPage(`<script type="speculationrules">${rules}</script>`, async (webmail) => {
          await page.goto(webmail);
          await until(async () => (mail.addresses.every((one) => ready.has(one)) ? true : null), 'the pages');
        });
      }),
  },
  {
    name: 'headless browser with scripts, which loads each address and waits',
    scan: (mail, { browser }) => eachAddress(browser, mail, async () => {}),
  },
  {
    name: 'auto-POST of every form on the page, as it is and filled in',
    scan: async (mail, { browser, broker }) => {
      await eachAddress(browser, mail, submitForms);
      await withPage(browser, {}, async (page) => {
        await page.goto(`${broker}/r`);
        await page.getByLabel('Link').waitFor();
        assert.ok((await submitForms(page)) > 0, 'the page for a cut link has a form');
      });
    },
  },
  {
    name: 'clicks by script on everything, through shadow roots',
    scan: (mail, { browser }) =>
      eachAddress(browser, mail, async (page, calls) => {
        let pressed = 0;
        for (let round = 0; round < 3; round += 1) {
          pressed += await page.evaluate<number>(CLICK_ALL);
          await calls.rest();
        }
        assert.ok(pressed > 0, 'there was something to press');
        const refused = calls.ended.filter(({ status }) => status === 403);
        assert.ok(refused.length > 0, 'a press of a script is told from a person’s');
      }),
  },
];

/** The one that no page can tell from a person: all that holds are the limits and the code itself. */
export const TRUSTED_CLICKS = {
  name: 'trusted clicks by CDP on everything, three rounds',
  /** How often it pressed for a code and got one. */
  async scan(mail: MailedLink, { browser }: At): Promise<number> {
    let codes = 0;
    await eachAddress(browser, mail, async (page, calls) => {
      for (let round = 0; round < 3; round += 1) {
        for (let nth = 0; ; nth += 1) {
          const place = await page.evaluate<{ x: number; y: number } | null>(`(${PLACE})(${nth})`);
          if (!place) break;
          await page.mouse.click(place.x, place.y);
          await calls.rest();
        }
        await page.reload();
        await calls.rest();
      }
      codes += calls.ended.filter(({ path, status }) => path.endsWith('/code') && status === 200).length;
    });
    assert.ok(codes > 0, 'it got as far as a code');
    return codes;
  },
};

/** The addresses, and what link protection, mail programs and bots make of them. */
function spellings({ addresses, token }: MailedLink): string[] {
  return addresses.flatMap((address) => {
    const [bare = '', secret = ''] = address.split('#');
    const ways = [`#${secret}`, `%23${secret}`, `%2523${secret}`, `?${secret}`, `?token=${secret}&is_trusted=true`];
    return [...ways.map((way) => bare + way), `${bare}/${token}`];
  });
}

const recipientPaths = (): string[] =>
  Object.values(ROUTES).flatMap(({ path }) => (path.startsWith('/v1/recipient/') ? [path] : []));

const facts = ({ token }: MailedLink): URLSearchParams =>
  new URLSearchParams({ token, code: '00000000', is_trusted: 'true', decision: 'accept', what: 'not_for_me' });

async function preview(address: string, agent: string): Promise<void> {
  const headers = { 'user-agent': agent, accept: '*/*', 'accept-language': 'en' };
  const response = await fetch(address, { headers });
  const text = await response.text();
  const { origin } = new URL(address);
  const assets = [...text.matchAll(/(?:src|href|content|action)="([^"]+)"/g)].map(([, asset = '']) => asset);
  for (const asset of ['/favicon.ico', '/robots.txt', ...assets]) {
    const url = URL.canParse(asset, origin) ? new URL(asset, origin) : null;
    if (url?.origin === origin) await (await fetch(url, { headers })).arrayBuffer();
  }
}
