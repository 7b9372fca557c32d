import { type Opens, openStartWindow, type StartWindow } from '../identity/start-window.ts';

/**
 * The sign-in window of a press that comes before what signs in is loaded. Safari opens none once a script had to be
 * fetched first, the others none after five seconds.
 */
export class EarlyWindow {
  readonly #open: () => StartWindow | null;
  #opened: StartWindow | null = null;

  constructor(win: Opens, broker: URL, app: string) {
    this.#open = () => openStartWindow(win, broker, app);
  }

  /** Once, however often it is pressed meanwhile. */
  open(): void {
    this.#opened ??= this.#open();
  }

  /** It is the taker's from then on. Null where there is none. */
  take(): StartWindow | null {
    const opened = this.#opened;
    this.#opened = null;
    return opened;
  }

  /** Nobody took it. */
  close(): void {
    this.take()?.close();
  }
}
