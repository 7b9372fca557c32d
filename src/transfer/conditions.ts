import type { Clock, SignInNeed, TransferWatcher } from './ports.ts';

type Told = Pick<TransferWatcher, 'busy' | 'offline' | 'slow' | 'signInNeeded'>;

/** What holds for the whole queue: many requests meet it, the watcher hears of it once. */
export class Conditions {
  readonly #tell: Told;
  readonly #clock: Clock;
  #offline = 0;
  #isToldOffline = false;
  #slow = 0;
  #hasBeenSlow = false;
  readonly #waits = new Set<number>();
  #toldUntil: number | null = null;
  #gate: { readonly waiting: Set<() => void> } | null = null;

  constructor(tell: Told, clock: Clock) {
    this.#tell = tell;
    this.#clock = clock;
  }

  /** `isBack` says whether the wait ended because the connection is there again; a person may have ended it too. */
  async whileOffline(wait: Promise<void>, isBack: () => boolean): Promise<void> {
    this.#offline += 1;
    if (!this.#isToldOffline) this.#tell.offline(true);
    this.#isToldOffline = true;
    let isOver = true;
    try {
      await wait;
      isOver = isBack();
    } finally {
      this.#offline -= 1;
      if (isOver && this.#offline === 0) this.online();
    }
  }

  /** Somebody answered. */
  online(): void {
    if (!this.#isToldOffline) return;
    this.#isToldOffline = false;
    this.#tell.offline(false);
  }

  async whileBusy(ms: number, wait: Promise<void>): Promise<void> {
    const end = this.#clock.now() + ms;
    this.#waits.add(end);
    this.#tellBusy();
    try {
      await wait;
    } finally {
      this.#waits.delete(end);
      this.#tellBusy();
    }
  }

  /** Whether any request has ever stood still for so long that people were told. */
  get hasBeenSlow(): boolean {
    return this.#hasBeenSlow;
  }

  slow(isSlow: boolean): void {
    this.#hasBeenSlow ||= isSlow;
    this.#slow += isSlow ? 1 : -1;
    if (this.#slow === (isSlow ? 1 : 0)) this.#tell.slow(isSlow);
  }

  /** Holds back every request that needs a token, until `signedIn`. */
  needSignIn(why: SignInNeed): void {
    if (this.#gate) return;
    this.#gate = { waiting: new Set() };
    this.#tell.signInNeeded(why);
  }

  signedIn(): void {
    const gate = this.#gate;
    this.#gate = null;
    for (const go of gate?.waiting ?? []) go();
  }

  /** Null while the way is free. */
  get gate(): ((resume: () => void) => () => void) | null {
    const gate = this.#gate;
    if (!gate) return null;
    return (resume) => {
      gate.waiting.add(resume);
      return () => gate.waiting.delete(resume);
    };
  }

  #tellBusy(): void {
    const end = this.#waits.size > 0 ? Math.max(...this.#waits) : null;
    if (end === this.#toldUntil) return;
    this.#toldUntil = end;
    this.#tell.busy(end);
  }
}
