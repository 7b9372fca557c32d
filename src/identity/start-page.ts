import * as v from 'valibot';
import { type SignInTransaction, StartPageReady, type StartPageTransaction } from '../contract/sign-in.ts';
import { UploadError } from '../errors.ts';
import type { SignInWay } from './way.ts';

/** The little of a window that the popup protocol touches. */
export interface OpenerWindow {
  open(url: string, target: string, features: string): StartWindow | null;
  addEventListener(type: 'message', listener: (event: StartMessage) => void): void;
  removeEventListener(type: 'message', listener: (event: StartMessage) => void): void;
}
export interface StartWindow {
  postMessage(message: unknown, targetOrigin: string): void;
  focus(): void;
  close(): void;
}
export interface StartMessage {
  readonly origin: string;
  readonly source: unknown;
  readonly data: unknown;
}

/** Wide enough for the providers' login pages; a phone opens a tab whatever is asked for. */
const FEATURES = 'popup,width=520,height=680';

/**
 * The broker's start page in a window of its own. Must be opened within the person's click. It asks for the transaction
 * when it is ready, even before the sign-in code is loaded here; so the listening begins with the opening.
 * Whether the window was closed is never asked: under COOP `closed` turns true while it is open (decision 16).
 */
export class StartPage implements SignInWay {
  readonly #win: OpenerWindow;
  readonly #origin: string;
  readonly #ticket: string | undefined;
  readonly #onReady: () => void;
  #popup: StartWindow | null = null;
  #isReady = false;
  #transaction: SignInTransaction | null = null;

  /**
   * Fails with popup_blocked. With a `link` nothing is opened: the person presses it, and the window that then shows the
   * link's ticket is the one. `onReady` is told when the window has been heard of; one that is cut off never is.
   */
  constructor(
    broker: URL,
    app: string,
    win: OpenerWindow,
    { link, onReady = () => {} }: { readonly link?: URL | undefined; readonly onReady?: () => void } = {},
  ) {
    const url = startAddress(broker, app);
    this.#win = win;
    this.#origin = url.origin;
    this.#ticket = link?.hash.slice(1);
    this.#onReady = onReady;
    win.addEventListener('message', this.#hear);
    if (link) return;
    this.#popup = openWindow(win, url);
    if (!this.#popup) {
      this.forget();
      throw new UploadError('popup_blocked');
    }
  }

  /** Hands the transaction over as soon as the start page has asked for it. */
  give(transaction: SignInTransaction): void {
    this.#transaction = transaction;
    this.#answer();
  }

  show(): void {
    this.#popup?.focus();
  }

  close(): void {
    this.forget();
    this.#popup?.close();
  }

  forget(): void {
    this.#win.removeEventListener('message', this.#hear);
  }

  #hear = (event: StartMessage): void => {
    if (event.origin !== this.#origin || !v.is(StartPageReady, event.data)) return;
    if (this.#popup === null && this.#ticket !== undefined && event.data.ticket === this.#ticket) {
      this.#popup = event.source as StartWindow;
    }
    if (this.#popup === null || event.source !== this.#popup) return;
    this.#isReady = true;
    this.#onReady();
    this.#answer();
  };

  /** A start page that was reloaded asks again and is told again: the same four hashes, to the broker's origin alone. */
  #answer(): void {
    if (!this.#isReady || !this.#transaction || !this.#popup) return;
    const message: v.InferOutput<typeof StartPageTransaction> = {
      type: 'secure-upload:transaction',
      transaction: this.#transaction,
    };
    this.#popup.postMessage(message, this.#origin);
  }
}

/** Null where the browser did not open it; Firefox throws in a sandbox without `allow-popups`. */
function openWindow(win: OpenerWindow, url: URL): StartWindow | null {
  try {
    return win.open(url.href, '_blank', FEATURES);
  } catch {
    return null;
  }
}

/** For a link with `target="_blank" rel="opener"`, where a script may open nothing. Its ticket never leaves the browser. */
export function startLink(broker: URL, app: string): URL {
  const url = startAddress(broker, app);
  url.hash = crypto.randomUUID();
  return url;
}

function startAddress(broker: URL, app: string): URL {
  const url = new URL('/sign-in/start', broker);
  url.searchParams.set('app', app);
  return url;
}
