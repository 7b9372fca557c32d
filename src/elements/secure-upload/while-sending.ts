import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * While files are on their way: leaving the page asks first, and a device held in the hand keeps its screen on,
 * because locked phones stop uploads. Both are given back at once when nothing is sent any more; the screen during a
 * pause, too.
 */
export class WhileSending implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isTouch: () => boolean;
  #isSending = false;
  #isPaused = false;
  #lock: WakeLockSentinel | null = null;

  constructor(host: ReactiveControllerHost, isTouch: () => boolean) {
    this.#host = host;
    this.#isTouch = isTouch;
    host.addController(this);
  }

  /** The screen stays on. */
  get isAwake(): boolean {
    return this.#lock !== null && !this.#lock.released;
  }

  set(isSending: boolean, isPaused = false): void {
    if (isSending === this.#isSending && isPaused === this.#isPaused) return;
    this.#end();
    this.#isSending = isSending;
    this.#isPaused = isPaused;
    if (isSending) this.#begin();
  }

  hostConnected(): void {
    if (this.#isSending) this.#begin();
  }

  hostDisconnected(): void {
    this.#end();
  }

  #begin(): void {
    addEventListener('beforeunload', this.#ask);
    document.addEventListener('visibilitychange', this.#keepAwake);
    this.#keepAwake();
  }

  #end(): void {
    removeEventListener('beforeunload', this.#ask);
    document.removeEventListener('visibilitychange', this.#keepAwake);
    void this.#lock?.release();
    this.#lock = null;
  }

  readonly #ask = (event: BeforeUnloadEvent): void => {
    event.preventDefault();
  };

  /** Asked for again whenever the page comes back: hiding it has taken the lock away. Silent where it is refused. */
  readonly #keepAwake = async (): Promise<void> => {
    const isWanted = this.#isSending && !this.#isPaused && this.#isTouch();
    if (!isWanted || !('wakeLock' in navigator) || document.visibilityState !== 'visible' || this.isAwake) return;
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (!this.#isSending || this.#isPaused) return void lock.release();
      this.#lock = lock;
      this.#host.requestUpdate();
    } catch {
      // Low battery or a policy of the page; "Keep this page open" is still true.
    }
  };
}
