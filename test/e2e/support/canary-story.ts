import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { openBrowser } from './browser.ts';
import { LISTEN, PLACES, plant, search } from './canary-search.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { fillInLogIn } from './log-in.ts';
import type { Browser, Tab } from './tab.ts';
import { startTappedDemo, type TappedDemo } from './tapped-demo.ts';

const LEAVING = '/hard/own-group/redirect';
/** What a sign-in and an upload carry in any way; a window collects with a secret beside. */
const KINDS = ['access_token', 'refresh_token', 'id_token', 'code', 'code_verifier', 'proof', 'url'];

/** Chromium's timing of the navigation keeps the address as it came: the code in it was used up before anything else ran. */
const ARRIVAL = ['arrival'];

/** A sign-in and an upload, after which nothing that would let somebody else act stands anywhere. */
export function canaryStory(name: BrowserName): void {
  describe(`what a sign-in and an upload leave behind, in ${name}`, { timeout: 240_000 }, () => {
    let demo: TappedDemo;
    let browser: Browser;
    before(async () => {
      demo = await startTappedDemo(LEAVING, LISTEN);
    });
    after(() => demo?.stop());

    const story = (title: string, act: (tab: Tab) => Promise<void>) =>
      test(title, async () => {
        browser = await openBrowser(name);
        try {
          await act(browser.tab);
        } finally {
          await browser.close();
        }
      });

    const logIn = async () => fillInLogIn(await browser.window(demo.provider));

    const picture = () => makeFile(makeFolder(), 'picture.png', pngBytes(700_000)).path;

    async function findsNothing(tab: Tab, kinds: readonly string[], unless: readonly string[] = []): Promise<void> {
      const carried = demo.carried();
      for (const kind of kinds) {
        assert.ok((carried[kind] ?? []).length > 0, `the wire was seen to carry ${kind}`);
        const places: string[] = await tab.evaluate(search(carried[kind] ?? []));
        const allowed = kind === 'code' ? unless : [];
        assert.deepEqual(
          places.filter((place) => !allowed.includes(place)),
          [],
          kind,
        );
      }
      // The signature alone would do, and so would a part of the address.
      assert.deepEqual(await tab.evaluate(search(signaturesOf(carried.url ?? []))), []);
    }

    async function findsWhatIsThere(tab: Tab): Promise<void> {
      const canary = `canary-${randomBytes(12).toString('hex')}`;
      await tab.evaluate(plant(canary));
      assert.deepEqual(await tab.evaluate(search([canary])), PLACES, 'the search finds what is there');
    }

    story('in the page: no token, code, verifier, proof or signed address, wherever a page can look', async (tab) => {
      await tab.open(demo.site);
      await tab.see({ css: 'button', text: 'Choose files' });
      await tab.evaluate(LISTEN);
      await tab.choose({ css: 'input[type=file]' }, [picture()]);
      await tab.click({ css: 'button', text: 'Upload 1 file' });
      await logIn();
      const back = await browser.window(demo.site);
      await back.see({ css: '*', text: /^1 file uploaded/ }, 60_000);
      await findsNothing(back, [...KINDS, 'secret']);
      await findsWhatIsThere(back);
    });

    story('in a page that left for the sign-in and came back: nothing of all that either', async (tab) => {
      const page = demo.site + LEAVING;
      await tab.open(page);
      await tab.click({ css: 'button', text: /^Sign in with/ });
      await logIn();
      const back = await browser.window(page);
      await back.see({ css: '*', text: /^Signed in as Jo Meyer/ });
      const withoutUploads = KINDS.filter((kind) => kind !== 'url');
      await findsNothing(back, withoutUploads, ARRIVAL);
      await back.choose({ css: 'input[type=file]' }, [picture()]);
      await back.click({ css: 'button', text: 'Upload 1 file' });
      await back.see({ css: '*', text: /^1 file uploaded/ }, 60_000);
      await findsNothing(back, KINDS, ARRIVAL);
      await findsWhatIsThere(back);
    });

    test('in the log of the broker and in what browsers name as their referrer: no secret, no name, no address', () => {
      const carried = demo.carried();
      const secrets = [...KINDS, 'secret'].flatMap((kind) => carried[kind] ?? []);
      const log = demo.log();
      const referers = (carried.referer ?? []).join('\n');
      for (const path of ['/v1/uploads', '/v1/sign-in/collect', '/sign-in/callback'])
        assert.ok(log.includes(`"${path}"`), path);
      assert.ok(referers.includes(`${demo.site}/`), 'referrers were seen');
      for (const secret of [...secrets, ...signaturesOf(carried.url ?? [])]) {
        assert.ok(!log.includes(secret) && !referers.includes(secret));
        assert.ok(!referers.includes(encodeURIComponent(secret)));
      }
      for (const word of ['jo@acme.example', 'Jo Meyer', 'picture.png']) assert.ok(!log.includes(word), word);
    });
  });
}

const signaturesOf = (urls: readonly string[]): string[] =>
  urls.map((url) => /signature=([^&]+)/i.exec(url)?.[1] ?? url);
