import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { TestBrowser } from '../support/sign-in.ts';
import type { ChosenFile } from './selection.ts';

export interface Place {
  readonly site: string;
  readonly broker: string;
  readonly app: string;
  /** The setting of fast-time.mjs. */
  readonly time: string;
  /** ms that the page's clock is ahead of it. */
  readonly ahead: number;
}

/** What the box shows, as far as a person acts on it. */
export interface Seen {
  readonly phase: string;
  readonly isSignedIn: boolean;
  /** Code of what is wrong with the whole. */
  readonly problem: string | null;
  /** Uploads of an earlier page: a number before sign-in; which ones, after it. */
  readonly unfinished: {
    readonly count: number;
    readonly items: readonly { readonly name: string; readonly phase: string }[];
  };
  readonly items: readonly {
    readonly name: string;
    readonly phase: string;
    readonly problem: string | null;
  }[];
}

interface Transaction {
  readonly challenge: string;
  readonly nonce: string;
  readonly jkt: string;
  readonly state: string;
}

const FAST_TIME = readFileSync(new URL('./fast-time.mjs', import.meta.url), 'utf8');

/** A page's own clock, which may be set anew while it is open. */
const OFF = `
const Right = Date;
const shown = () => Right.now() + globalThis.ahead;
globalThis.Date = new Proxy(Right, {
  construct: (target, values, newTarget) => Reflect.construct(target, values.length > 0 ? values : [shown()], newTarget),
  get: (target, name) => (name === 'now' ? shown : Reflect.get(target, name)),
});`;

/**
 * Runs in the page before its own script. The box opens its sign-in window as ever; the window is the rig's: it hands the
 * transaction to a browser without a screen, which signs in at the real provider. Then the box collects its tokens.
 */
const WINDOW = `
window.open = (address) => {
  const popup = new MessageChannel().port1;
  popup.postMessage = ({ transaction }) => window.rigSignIn(transaction);
  popup.focus = popup.close = () => {};
  const ready = { data: { type: 'secure-upload:ready' }, origin: new URL(address).origin, source: popup };
  Promise.resolve().then(() => window.dispatchEvent(new MessageEvent('message', ready)));
  return popup;
};`;

/** The box stands in the page as the tag would; its flow can be asked and told without a pointer. */
const BOX = `async ([broker, app]) => {
  const Box = await customElements.whenDefined('secure-upload');
  const compose = Box.compose;
  Box.compose = (place) => {
    const look = compose(place);
    const open = look.open.bind(look);
    look.open = async () => {
      const parts = await open();
      if (parts) window.flow = parts.flow;
      return parts;
    };
    return look;
  };
  const box = Object.assign(document.createElement('secure-upload'), { broker, app });
  document.body.append(box);
}`;

/** Null before the flow is there. */
const SEEN = `window.flow ? {
  phase: flow.snapshot.phase,
  isSignedIn: flow.snapshot.person !== null,
  problem: flow.snapshot.problem ? flow.snapshot.problem.code : null,
  unfinished: {
    count: flow.snapshot.unfinished?.count ?? 0,
    items: flow.snapshot.unfinished?.items.map(({ name, phase }) => ({ name, phase })) ?? [],
  },
  items: flow.snapshot.items.map(({ name, phase, problem }) => ({ name, phase, problem: problem ? problem.code : null })),
} : null`;

/** A box that is not there by then never comes: its script was lost on the way. */
const BOX_MS = 15_000;

/** A person with a browser, from opening the page to the last file stored. */
export class Visit {
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #place: Place;

  private constructor(context: BrowserContext, page: Page, place: Place) {
    this.#context = context;
    this.#page = page;
    this.#place = place;
  }

  /** `say` hears what the page complains of. */
  static async begin(browser: Browser, place: Place, say: (text: string) => void): Promise<Visit> {
    const context = await browser.newContext();
    const clock = `globalThis.fastTime = '${place.time},1';\nglobalThis.ahead = ${place.ahead};\n${FAST_TIME}\n{${OFF}}`;
    await context.addInitScript({ content: `${clock}\n${WINDOW}` });
    await context.exposeFunction('rigSignIn', async (transaction: Transaction) => {
      const person = new TestBrowser();
      const wanted = { app: place.app, origin: place.site, ...transaction };
      const signIn = async () => person.signIn(await person.begin(place.broker, wanted), 'jo');
      // Whoever is sent to a broker that is not there tries again in a new window.
      await signIn().catch(() => say('the sign-in window did not come to its end'));
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => say(`page: ${error.name}: ${error.message}`));
    const visit = new Visit(context, page, place);
    await visit.open();
    return visit;
  }

  async open(): Promise<void> {
    await this.#page.goto(this.#place.site);
    await this.#setUp();
  }

  /** Fails where the box does not come. */
  async reload(): Promise<void> {
    await this.#page.reload();
    await this.#setUp();
  }

  async choose(files: readonly ChosenFile[]): Promise<void> {
    await this.#page.locator('secure-upload input#files').setInputFiles(files.map(({ path }) => path));
  }

  /** Sets the page's clock; ms ahead of everybody else's. */
  async setClock(ahead: number): Promise<void> {
    await this.#page.evaluate(`globalThis.ahead = ${ahead}`);
  }

  /** All that the box says. */
  read(): Promise<string> {
    return this.#page
      .locator('secure-upload')
      .evaluate((box) => box.shadowRoot?.querySelector('.card')?.textContent ?? '');
  }

  /** Null before the box is there. */
  see(): Promise<Seen | null> {
    return this.#page.evaluate(SEEN);
  }

  tell(verb: 'upload' | 'retry' | 'load' | 'signIn' | 'cancelSignIn'): Promise<void> {
    return this.#page.evaluate(`void flow.${verb}()`);
  }

  async end(): Promise<void> {
    await this.#context.close();
  }

  async #setUp(): Promise<void> {
    const { broker, app } = this.#place;
    const placed = this.#page.evaluate(`(${BOX})(${JSON.stringify([broker, app])})`);
    placed.catch(() => {}); // Its page may be gone before the box has come.
    await within(BOX_MS, placed);
    await this.#page.waitForFunction('window.flow !== undefined', null, { timeout: BOX_MS });
  }
}

async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  const end = new AbortController();
  const late = wait(ms, undefined, { signal: end.signal }).then(() => {
    throw new Error(`Not within ${ms} ms`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    end.abort();
  }
}
