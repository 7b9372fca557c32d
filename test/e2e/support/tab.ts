import type { BrowserName } from '../../support/browsers.ts';

/** An element, through every open shadow root: by CSS, and where given by its whole text or a pattern in it. */
export interface Target {
  readonly css: string;
  readonly text?: string | RegExp;
}

/** One window of one browser, in the few verbs that all three engines' drivers share. Times in milliseconds. */
export interface Tab {
  open(url: string): Promise<void>;
  url(): Promise<string>;
  /** Goes to this window, as a person does with the keys of the system where another one stands in front. */
  front(): Promise<void>;
  /** Waits until it can be seen. */
  see(target: Target, timeout?: number): Promise<void>;
  /** Its text, white space folded, once it can be seen. */
  text(target: Target): Promise<string>;
  /** A trusted click, as a person's. */
  click(target: Target): Promise<void>;
  /** A finger's, with touch events, on a phone. WebKitGTK's driver has none, and says so. */
  tap(target: Target): Promise<void>;
  /** Types into a field. */
  type(target: Target, text: string): Promise<void>;
  /** One key, or several with `+`, as WebDriver and Playwright name them: `Tab`, `Shift+Tab`, `a`. */
  press(keys: string): Promise<void>;
  /** Picks files from disk in a file input, which may be hidden. */
  choose(target: Target, paths: readonly string[]): Promise<void>;
  /**
   * Has `act` press the button that opens the system's dialog for files, out of which these come. WebKitGTK's driver cannot
   * answer that dialog, nor Firefox's one that a frame opens: there nothing is pressed, and they come as they come out of it.
   */
  pick(act: () => Promise<void>, target: Target, paths: readonly string[]): Promise<void>;
  /** The value of an expression; what it answers must survive JSON. */
  evaluate<Value>(expression: string): Promise<Value>;
  screenshot(path: string): Promise<void>;
  /** What stands in a frame, in the same verbs. */
  frame(target: Target): Promise<Tab>;
}

/** A phone's is 360 × 740, with a finger and no mouse. */
export type Screen = 'desk' | 'phone';

export const PHONE = { width: 360, height: 740 } as const;

export interface Browser {
  readonly name: BrowserName;
  readonly tab: Tab;
  /** The window whose address begins so, once it is there. A name may change hands while a page navigates, so this looks again. */
  window(address: string, timeout?: number): Promise<Tab>;
  close(): Promise<void>;
}

/** An engine that was started once: each browser is a new one to every site. Firefox takes 5 s of a processor to start. */
export interface Engine {
  open(): Promise<Browser>;
  close(): Promise<void>;
}

const WAIT_MS = 30_000;

/**
 * Runs in the page, as text, because a compiled function may call helpers that a page does not have.
 * Of elements that fit, the first that can be seen; `hidden` takes any.
 */
export const FIND = `(css, text, pattern, hidden) => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  const fold = (e) => (e.innerText ?? e.textContent ?? '').replace(/\\s+/g, ' ').trim();
  const fits = (e) => e.matches(css)
    && (text === null || fold(e) === text)
    && (pattern === null || new RegExp(pattern.source, pattern.flags).test(fold(e)));
  const isSeen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible';
  return all(document).find((e) => fits(e) && (hidden || isSeen(e))) ?? null;
}`;

/** The arguments of FIND, ready to stand in a script. */
export function findArguments({ css, text }: Target, isHidden = false): string {
  const pattern = text instanceof RegExp ? { source: text.source, flags: text.flags } : null;
  return [css, typeof text === 'string' ? text : null, pattern, isHidden].map((value) => JSON.stringify(value)).join();
}

export function nameOf({ css, text }: Target): string {
  return text === undefined ? css : `${css} "${text}"`;
}

/** What stands on a page, hidden or not, for the words of a failure. Addresses without what follows the path: it may be secret. */
export const SCREEN = `(() => {
  const text = (node) => node.nodeType === 3 ? node.data
    : ['style', 'script'].includes(node.localName) ? '' : [...(node.shadowRoot ?? node).childNodes].map(text).join(' ');
  return location.origin + location.pathname + ' "' + text(document.body).replace(/\\s+/g, ' ').trim().slice(0, 600) + '"';
})()`;

/** Their addresses, for the words of a failure. */
export const windowsAt = (addresses: readonly string[]): string =>
  addresses.map((address) => address.replace(/[?#].*/, '')).join(', ');

/** Asks again until there is an answer. A failure says what there was instead. */
export async function until<Value>(
  ask: () => Promise<Value | null>,
  what: string,
  timeout = WAIT_MS,
  instead: () => Promise<string> | string = () => '',
): Promise<Value> {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > end) {
      const seen = await Promise.resolve(instead()).catch(() => '');
      throw new Error(`${what} did not appear within ${timeout} ms${seen && `; there was ${seen}`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
