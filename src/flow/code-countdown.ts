import type { CodeState } from '../contract/links.ts';
import type { Clock } from './ports.ts';

/** Counts, second by second, until a new code may be asked for. */
export class CodeCountdown {
  readonly #clock: Clock;
  readonly #tell: (secondsLeft: number) => void;
  #stop: () => void = () => {};

  constructor(clock: Clock, tell: (secondsLeft: number) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Counts for this code alone from now on; for none, where none is out. */
  follow(code: CodeState | null): void {
    this.stop();
    if (code === null) return;
    const next = Date.parse(code.next_mail_at);
    // Never longer than the broker itself would make anyone wait, however wrong the clock of this device is.
    this.#count(Math.ceil(Math.min(next - Date.parse(code.sent_at), next - this.#clock.now()) / 1_000));
  }

  stop(): void {
    this.#stop();
  }

  #count(seconds: number): void {
    this.#tell(Math.max(0, seconds));
    if (seconds > 0) this.#stop = this.#clock.after(1_000, () => this.#count(seconds - 1));
  }
}
