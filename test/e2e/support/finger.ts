import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { seePickers } from './chromium.ts';
import { lost, smallTargets } from './measure-boxes.ts';
import { until } from './tab.ts';

const SCREEN = { width: 360, height: 740 };
/** px */
const FINGER = 44;
/** What is measured: the place that a page gives to our elements, and all of a page of the broker. */
const OURS = ':has(> secure-upload), :has(> recipient-consent), main.card';

/** The middle of it, in the middle of the screen, where nothing stands over it: only there a finger can meet it. */
function isFree(one: Element): true | null {
  one.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = one.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  let met = document.elementFromPoint(x, y);
  for (let inner = met; inner !== null; ) {
    met = inner;
    inner = met.shadowRoot?.elementFromPoint(x, y) ?? null;
    if (inner === met) inner = null;
  }
  return one.contains(met) ? true : null;
}

/** A phone, which knows nobody yet. */
export function phoneOf(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({
    ...{ viewport: SCREEN, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    ...{ reducedMotion: 'reduce', acceptDownloads: true },
  });
}

/** One page on a phone and the finger on it. A window that opens there is a page as well. */
export class Finger {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async on(phone: BrowserContext, address: string): Promise<Finger> {
    const page = await phone.newPage();
    // Drivers see the picker of a file input only, which browsers without handles open.
    await page.addInitScript('delete window.showOpenFilePicker');
    seePickers(page);
    await page.goto(address);
    return new Finger(page);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true }).first();
  }

  /** Waits for these words; then nothing is wider than the screen, and every target is large enough. */
  async see(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor();
    await this.fits();
  }

  async fits(): Promise<void> {
    const width = await this.page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= SCREEN.width, `the page is ${width} px wide`);
    assert.deepEqual(await this.page.evaluate(lost(OURS)), []);
    assert.deepEqual(await this.page.evaluate(smallTargets(FINGER, { wide: FINGER, within: OURS })), []);
  }

  /** A touch at its coordinates: on a button by its name, or on what is given. */
  async tap(target: string | RegExp | Locator): Promise<void> {
    const one = typeof target === 'string' || target instanceof RegExp ? this.button(target) : target;
    await one.waitFor();
    await until(() => one.evaluate(isFree), `a place on ${one} that nothing covers`);
    // In the window, where the element may stand in a frame of it.
    const box = await one.boundingBox();
    assert.ok(box, `${one} has no place`);
    await this.page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  }

  async tapWords(words: string | RegExp): Promise<void> {
    await this.tap(this.page.getByText(words).filter({ visible: true }).first());
  }

  /** Into a field that was tapped, as the keyboard on the screen writes. */
  async write(field: string, text: string): Promise<void> {
    const one = this.page.getByLabel(field, { exact: true });
    await this.tap(one);
    assert.ok(await one.evaluate((input) => input.matches(':focus')), `${field} has no focus after a tap`);
    await this.page.keyboard.type(text);
  }

  /** The button opens the phone's own picker, out of which these come. */
  async pick(button: string | RegExp, path: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.tap(button);
    await (await chooser).setFiles(path);
  }

  /** What a tap on this opens: a window of its own. */
  async opens(target: string | RegExp | Locator): Promise<Finger> {
    const window = this.page.context().waitForEvent('page');
    await this.tap(target);
    const page = await window;
    // A phone has no windows of another size than its screen.
    await page.setViewportSize(SCREEN);
    return new Finger(page);
  }

  /** The bytes that a tap on this saves, as text. */
  async saves(target: string | RegExp | Locator): Promise<string> {
    const download = this.page.waitForEvent('download');
    await this.tap(target);
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  }

  /** At the provider, which is asked by a tap on this, and which has not seen this phone before. */
  async signsIn(target: string | RegExp | Locator): Promise<void> {
    const window = await this.opens(target);
    await window.atProvider();
  }

  /** `more` is the code of its second step. */
  async atProvider(more = ''): Promise<void> {
    await this.write('User name', 'jo');
    await this.write('Password', 'jo-demo');
    if (more) await this.write(`Code of your second step (${more})`, more);
    await this.tap('Sign in');
  }
}
