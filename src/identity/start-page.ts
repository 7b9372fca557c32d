import * as v from 'valibot';
import { type SignInTransaction, StartPageReady, type StartPageTransaction } from '../contract/sign-in.ts';
import { UploadError } from '../errors.ts';
import { type Opens, openStartWindow, type StartWindow, startAddress } from './start-window.ts';
import type { SignInWay } from './way.ts';

/** The little of a window that the popup protocol touches. */
export interface OpenerWindow extends Opens {
  addEventListener(type: 'message', listener: (event: StartMessage) => void): void;
  removeEventListener(type: 'message', listener: (event: StartMessage) => void): void;
}
export interface StartMessage {
  readonly origin: string;
  readonly source: unknown;
  readonly data: unknown;
}

export interface StartPageOptions {
  readonly link?: URL | undefined;
  readonly opened?: StartWindow | null;
  readonly onReady?: () => void;
}

/**
 * The broker's start page in a window of its own. Must be opened within the person's click. It asks for the transaction
 * until it has it, also while the sign-in code is loaded here.
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
   * Fails with popup_blocked. Takes the window that was `opened` within the press already; with a `link` none is opened:
   * the person presses it, and the window that then shows the link's ticket is the one. `onReady` is told when the window has been heard of; one that is cut off never is.
   */
  constructor(
    broker: URL,
    app: string,
    win: OpenerWindow,
    { link, opened, onReady = () => {} }: StartPageOptions = {},
  ) {
    this.#win = win;
    this.#origin = broker.origin;
    this.#ticket = link?.hash.slice(1);
    this.#onReady = onReady;
    win.addEventListener('message', this.#hear);
    if (link) return;
    this.#popup = opened ?? openStartWindow(win, broker, app);
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

/** For a link with `target="_blank" rel="opener"`, where a script may open nothing. Its ticket never leaves the browser. */
export function startLink(broker: URL, app: string): URL {
  const url = startAddress(broker, app);
  url.hash = crypto.randomUUID();
  return url;
}
