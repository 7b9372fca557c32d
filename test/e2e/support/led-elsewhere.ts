import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SIGN_IN_WORDS } from '../../../demo/identity/words.ts';
import type { BrowserName } from '../../support/browsers.ts';
import { TestBrowser, TestTag } from '../../support/sign-in.ts';
import { openBrowser } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';
import { type HostileSite, startHostileSite } from './hostile-site.ts';
import { fillInLogIn } from './log-in.ts';
import type { Browser, Tab, Target } from './tab.ts';
import { until } from './tab.ts';

const LOST = { css: 'h1', text: SIGN_IN_WORDS.en.lost.title };
const NOT_FROM_HERE = { css: 'h1', text: 'This is not available here right now' };
const GO_ON = { css: 'a, button', text: 'Go on' };

/**
 * Somebody with a browser and a key of their own begins sign-ins, and leads a person who is signed in at the organisation
 * wherever an address can lead. What they get must be nothing, and whom they bring must not be signed in as them.
 */
export function ledElsewhere(name: BrowserName): void {
  describe(`addresses that a stranger makes a signed-in person open, in ${name}`, { timeout: 300_000 }, () => {
    let demo: Demo;
    let site: HostileSite;
    let browser: Browser;
    let tab: Tab;
    before(async () => {
      [demo, site, browser] = await Promise.all([startDemo(), startHostileSite(), openBrowser(name)]);
      // Jo is signed in at the provider, and has a cookie of the broker's for a sign-in of her own.
      await browser.tab.open(demo.site);
      await browser.tab.click({ css: 'button', text: 'Sign in now' });
      await fillInLogIn(await browser.window(demo.provider));
      tab = await browser.window(demo.site);
      await tab.see({ css: '*', text: /^Signed in as Jo Meyer/ });
    });
    after(async () => {
      await browser?.close();
      site?.close();
      await demo?.stop();
    });

    /** Followed as from a mail, and by a link of the stranger's own page. Each time a new one: some addresses serve once. */
    async function lead(make: () => Promise<string>, end: Target): Promise<void> {
      await tab.open(await make());
      await tab.see(end);
      await tab.open(site.linkTo(await make()));
      await tab.click(GO_ON);
      await tab.see(end);
    }

    test('through a window: whatever step of theirs the person opens is lost, and there is nothing to collect', async () => {
      const steps: Record<string, (stranger: Stranger) => Promise<string>> = {
        'their request at the issuer': (stranger) => stranger.begin(),
        'their sign-in at the broker': (stranger) => stranger.upTo(`${demo.broker}/sign-in/interaction/`),
        'their way to the provider': (stranger) => stranger.upTo(`${demo.provider}/`),
        "the provider's answer to them": (stranger) => stranger.upTo(`${demo.broker}/sign-in/provider/`),
        "the broker's answer to them": (stranger) => stranger.upTo(`${demo.broker}/sign-in/callback`),
      };
      for (const [step, address] of Object.entries(steps)) {
        const strangers: Stranger[] = [];
        const make = async () => {
          const stranger = await Stranger.make(demo);
          strangers.push(stranger);
          return address(stranger);
        };
        await lead(make, LOST);
        for (const stranger of strangers) assert.deepEqual(await stranger.finds(), NOTHING, step);
      }
    });

    test('through a window of their own page: it is told nothing, and what it hands over begins nothing', async () => {
      const stranger = await Stranger.make(demo);
      const { challenge, nonce, jkt, state } = stranger.tag.transaction('cs-screenshots', demo.site);
      const message = { type: 'secure-upload:transaction', transaction: { challenge, nonce, jkt, state } };
      const page = site.windowOn(`${demo.broker}/sign-in/start?app=cs-screenshots`, message);
      await tab.open(page);
      await tab.click(GO_ON);
      const opened = await browser.window(`${demo.broker}/sign-in/start`);
      await opened.see({ css: '[role=status]' });
      await opened.evaluate("(window.came = 0, addEventListener('message', () => { window.came += 1; }), true)");
      await until(
        async () => ((await opened.evaluate<number>('window.came')) > 2 ? true : null),
        'what is handed over',
      );
      tab = await browser.window(site.origin);
      assert.deepEqual(await tab.evaluate('window.heard'), []);
      assert.equal(await stranger.isUnknown(), true);
    });

    test('through a page that leaves: nothing begins but from a page of the app, and an answer stays in its browser', async () => {
      const strangers: Stranger[] = [];
      const leaving = (back: string) => async () => {
        const stranger = await Stranger.make(demo);
        strangers.push(stranger);
        return stranger.leaving(back);
      };
      await lead(leaving(`${demo.site}/hard/own-group/redirect`), NOT_FROM_HERE);
      await lead(leaving(`${site.origin}/`), NOT_FROM_HERE);
      for (const stranger of strangers) assert.equal(await stranger.isUnknown(), true);

      // In their own browser they can say what they like, and then pass on what the broker answered.
      const begun: Stranger[] = [];
      await lead(async () => {
        const stranger = await Stranger.make(demo);
        begun.push(stranger);
        return stranger.beginFromPage(`${demo.site}/hard/own-group/redirect`);
      }, LOST);
      for (const stranger of begun) assert.deepEqual(await stranger.finds(), NOTHING);
    });

    test("with the stranger's own answer: the page that gets it signs nobody in, and says so", async () => {
      const page = `${demo.site}/hard/own-group/redirect`;
      await lead(
        async () => {
          const stranger = await Stranger.make(demo);
          return stranger.upTo(page, await stranger.beginFromPage(page));
        },
        { css: '*', text: 'The sign-in took too long or was opened twice. Try again.' },
      );
      assert.equal(await tab.url(), page);
      await tab.see({ css: 'button', text: 'Sign in' });
    });

    test('with a code to type: no address fills it in, no page of theirs can send it, and what it began is lost elsewhere', async () => {
      const stranger = await Stranger.make(demo, 'front-desk');
      const code = await stranger.userCode();
      const field = { css: 'input[name=code]' };
      for (const end of [`#${code}`, `?code=${code}`, `?user_code=${code}`]) {
        await tab.open(`${demo.broker}/code${end}`);
        await tab.see(field);
        assert.equal(await tab.evaluate("document.querySelector('input[name=code]').value"), '');
      }
      await tab.open(site.linkTo(demo.broker));
      for (const path of ['look', 'begin']) await tab.evaluate(post(`${demo.broker}/sign-in/code/${path}`, code));
      await until(() => tab.evaluate('window.answered === 2 || null'), 'two answers');
      // The code still works: nobody has typed it.
      await tab.open(await stranger.beginWithCode(code));
      await tab.see(LOST);
      assert.deepEqual(await stranger.finds(), NOTHING);
    });

    test('what is looked for would be found: the stranger alone gets a code of their own', async () => {
      const stranger = await Stranger.make(demo);
      await stranger.signIn();
      const found = await stranger.finds();
      assert.equal(found.status, 'code');
      const known = await Stranger.make(demo);
      await known.begin();
      assert.equal(await known.isUnknown(), false);
    });
  });
}

/** As a form of any page can: cookies go along where the browser lets them, and no preflight is asked. */
const post = (address: string, code: string) => `(window.answered ??= 0, fetch('${address}', {
  method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"user_code":"${code}"}',
}).then(() => { window.answered += 1; }), true)`;

const NOTHING = { status: 'error', error: 'sign_in_lost' };

/** Who is at no organisation of the person's, has an account of their own, and whatever a program can have. */
class Stranger {
  readonly #browser = new TestBrowser();

  private constructor(
    readonly demo: Demo,
    readonly app: string,
    readonly tag: TestTag,
  ) {}

  static async make(demo: Demo, app = 'cs-screenshots'): Promise<Stranger> {
    return new Stranger(demo, app, await TestTag.make(demo.broker));
  }

  begin(): Promise<string> {
    return this.#browser.begin(this.demo.broker, this.tag.transaction(this.app, this.demo.site));
  }

  /** Their own way as Maria, to the first address that begins so: that one they do not open. */
  async upTo(start: string, from?: string): Promise<string> {
    return this.#browser.openUntil(start, from ?? (await this.begin()), { username: 'maria' });
  }

  async signIn(): Promise<void> {
    await this.#browser.signIn(await this.begin(), 'maria');
  }

  leaving(back: string): string {
    const { challenge, nonce, jkt, state } = this.tag.transaction(this.app);
    const asked = new URLSearchParams({ app: this.app, return_to: back, challenge, nonce, jkt, state });
    return `${this.demo.broker}/sign-in/page?${asked}`;
  }

  /** With a Referer that no browser would send. Answers where the broker leads. */
  async beginFromPage(back: string): Promise<string> {
    return this.#browser.openUntil(`${this.demo.broker}/oidc/`, this.leaving(back), { headers: { referer: back } });
  }

  async userCode(): Promise<string> {
    const { challenge, nonce, jkt, state } = this.tag.transaction(this.app);
    const body = { app: this.app, challenge, nonce, jkt, state };
    const made = await this.tag.call('POST', '/v1/sign-in/code', { body, origin: this.demo.site });
    return ((await made.json()) as { user_code: string }).user_code;
  }

  async beginWithCode(code: string): Promise<string> {
    const { text } = await this.#browser.once(`${this.demo.broker}/sign-in/code/begin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.demo.broker },
      body: JSON.stringify({ user_code: code }),
    });
    return (JSON.parse(text) as { authorize: string }).authorize;
  }

  /** What is parked for them. Told first that nobody waits any more, the broker answers at once where there is nothing. */
  async finds(): Promise<{ status: string; error?: string }> {
    const body = { app: this.app, secret: this.tag.secret };
    const cancelled = await this.tag.call('POST', '/v1/sign-in/cancel', { body, origin: this.demo.site });
    assert.equal(cancelled.status, 204);
    return (await this.tag.collect(this.app, { origin: this.demo.site })).json() as Promise<{ status: string }>;
  }

  /** Whether no sign-in of theirs stands at the broker: only then can they begin it. */
  async isUnknown(): Promise<boolean> {
    const { status } = await this.#browser.once(`${this.demo.broker}/sign-in/start`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.demo.broker },
      body: JSON.stringify(this.tag.transaction(this.app, this.demo.site)),
    });
    return status === 200;
  }
}
