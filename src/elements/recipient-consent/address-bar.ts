import { recipientPath, tokenIn } from './link-address.ts';

/** Left in the history entry, so that a reload can tell an opened link from a cut one. Holds nothing of the link. */
const OPENED = 'secure-upload:opened';
/** The language that somebody chose, for the reload on a phone. */
const LANGUAGE = 'secure-upload:language';

/**
 * The link's secret in the address. On the broker's own page it stays until the person has proved themselves, because
 * phones drop the page while the code is fetched from the mail; on any other page it is taken out at once.
 */
export class AddressBar {
  readonly isOwnPage: boolean;
  /** Opened to take an answer back. */
  readonly isForWithdrawing: boolean;
  readonly #path: '/r' | '/w';
  readonly #window: Window;

  constructor(broker: URL, win: Window) {
    const path = recipientPath(new URL(win.location.href), broker);
    this.#window = win;
    this.#path = path ?? '/r';
    this.isOwnPage = win.top === win && path !== null;
    this.isForWithdrawing = this.isOwnPage && path === '/w';
  }

  get wasOpened(): boolean {
    return this.#kept[OPENED] === true;
  }

  /** Null where nobody has chosen one. */
  get language(): string | null {
    const language = this.#kept[LANGUAGE];
    return typeof language === 'string' ? language : null;
  }

  keepLanguage(language: string): void {
    if (this.isOwnPage) this.#replace(this.#window.location.href, { ...this.#kept, [LANGUAGE]: language });
  }

  /** Reads the secret, and repairs or cleans the address. */
  takeToken(): string | null {
    const token = tokenIn(this.#window.location.href);
    if (token === null) return null;
    if (this.isOwnPage) this.showToken(token);
    else this.#replace(`${this.#window.location.pathname}${this.#window.location.search}`);
    return token;
  }

  /** The whole link, as the mail has it: what a reload and "Open in browser" need. Only on the broker's own page. */
  showToken(token: string): void {
    if (this.isOwnPage) this.#replace(`${this.#path}${this.#window.location.search}#${token}`);
  }

  /** The proof was accepted: the secret has done its work. */
  forgetToken(): void {
    if (!this.isOwnPage || this.#window.location.hash === '') return;
    this.#replace(`${this.#path}${this.#window.location.search}`, { ...this.#kept, [OPENED]: true });
  }

  get #kept(): Readonly<Record<string, unknown>> {
    const state: unknown = this.#window.history.state;
    return typeof state === 'object' && state !== null ? { ...state } : {};
  }

  #replace(address: string, state: unknown = this.#window.history.state): void {
    this.#window.history.replaceState(state, '', address);
  }
}
