import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';

/** The little of a page that this watches. */
export interface BackPage {
  readonly isHidden: () => boolean;
  /** ms */
  readonly now: () => number;
  /** Calls back once after `ms`; the answer takes it back. */
  readonly after: (ms: number, act: () => void) => () => void;
}

const browserPage: BackPage = {
  isHidden: () => document.visibilityState === 'hidden',
  now: () => Date.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/** How long the sentence stays. */
const SAID_MS = 10_000;
/** Without a byte sent for so long, the device has held the upload; a computer sends on behind other windows. */
const STILL_MS = 5_000;

/** Notices that a device held an upload while its page was out of sight, and that it goes on. */
export class ComingBack {
  readonly #tell: (isBack: boolean) => void;
  readonly #page: BackPage;
  /** Of the bytes that were sent last; null while nothing should be moving. */
  #movedAt: number | null = null;
  #sent = 0;
  #isHidden: boolean;
  #takeBack: (() => void) | null = null;

  constructor(tell: (isBack: boolean) => void, page = browserPage) {
    this.#tell = tell;
    this.#page = page;
    this.#isHidden = page.isHidden();
    document.addEventListener('visibilitychange', this.#seen);
  }

  changed({ phase, isPaused, isOffline, busyUntil, sent }: UploadSnapshot): void {
    const shouldMove = phase === 'uploading' && !isPaused && !isOffline && busyUntil === null;
    if (!shouldMove) {
      this.#movedAt = null;
      this.#hush();
    } else if (this.#movedAt === null || sent !== this.#sent) this.#movedAt = this.#page.now();
    this.#sent = sent;
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.#seen);
    this.#hush();
  }

  readonly #seen = (): void => {
    const wasHidden = this.#isHidden;
    this.#isHidden = this.#page.isHidden();
    if (this.#isHidden || !wasHidden || this.#movedAt === null) return;
    if (this.#page.now() - this.#movedAt < STILL_MS) return;
    this.#hush();
    this.#tell(true);
    this.#takeBack = this.#page.after(SAID_MS, () => this.#hush());
  };

  #hush(): void {
    if (!this.#takeBack) return;
    this.#takeBack();
    this.#takeBack = null;
    this.#tell(false);
  }
}
