import { UploadError } from '../errors.ts';
import type { Conditions } from './conditions.ts';
import { Patience, pause, until } from './patience.ts';
import type { Clock, Connection, Random, SignInNeed } from './ports.ts';

export interface SteadyPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly connection: Connection;
}

const UNANSWERED = new Set(['offline', 'broker_down']);
const NEEDS_SIGN_IN = new Map<string, SignInNeed>([
  ['sign_in_needed', 'sign_in_ended'],
  ['sign_in_ended', 'sign_in_ended'],
  ['stronger_sign_in', 'stronger_sign_in'],
]);
/** These pass by themselves. `bucket_unsafe` is a 503 too, but no waiting helps it. */
const PASSING = new Set(['offline', 'broker_down', 'store_down', 'internal', 'slow_down', 'idempotency_busy']);
/**
 * For so long the broker may be at a call whose answer was lost, at no cost to the budget. It takes a process that died
 * over a call for dead after a minute only, and asks us each second until then.
 */
const AT_WORK_MS = 900_000;

/** Keeps trying while trying helps. */
export class Steady {
  readonly #ports: SteadyPorts;
  readonly #conditions: Conditions;
  /** The last call had an answer: browsers say "offline" wrongly now and then. */
  #isHeard = false;
  /** Waits that a person may cut short. */
  readonly #waits = new Set<() => void>();

  constructor(ports: SteadyPorts, conditions: Conditions) {
    this.#ports = ports;
    this.#conditions = conditions;
  }

  /** For the waits of one step. */
  patience(): Patience {
    return new Patience(this.#ports.random);
  }

  /**
   * Calls the broker until it answers or refuses. Waits out a lost connection and a missing sign-in for as long as they
   * last; anything else that passes, within the budget. Fails with the last UploadError, or with `signal.reason`.
   */
  async call<Answer>(act: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    const patience = this.patience();
    const begun = this.#ports.clock.now();
    for (;;) {
      const { gate } = this.#conditions;
      if (gate) await until(gate, signal);
      signal.throwIfAborted();
      try {
        const answer = await act();
        this.heard();
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof UploadError)) throw error;
        const isAtWork = error.code === 'idempotency_busy' && this.#ports.clock.now() - begun < AT_WORK_MS;
        if (isAtWork) patience.renew();
        if (UNANSWERED.has(error.code)) this.#isHeard = false;
        const need = NEEDS_SIGN_IN.get(error.code);
        if (need) this.#conditions.needSignIn(need);
        else if (!PASSING.has(error.code)) throw error;
        else if (!(await this.waitOut(patience, error.retryAfterMs, signal))) throw error;
      }
    }
  }

  /** Waits before the next try. False when the budget is spent. A lost connection costs nothing of it. */
  async waitOut(patience: Patience, retryAfterMs: number | undefined, signal: AbortSignal): Promise<boolean> {
    const { clock, connection } = this.#ports;
    if (!connection.isOnline() && !this.#isHeard) {
      const wait = this.#wait((resume) => connection.whenOnline(resume), signal);
      await this.#conditions.whileOffline(wait, () => connection.isOnline());
      return true;
    }
    const ms = patience.next(retryAfterMs);
    if (ms === null) return false;
    // Who asked for a time gets it.
    if (retryAfterMs !== undefined) await this.#conditions.whileBusy(ms, pause(ms, clock, signal));
    else await this.#wait((resume) => clock.after(ms, resume), signal);
    return true;
  }

  /** No request has stood still so far: those that tell no progress will do. */
  get isQuick(): boolean {
    return !this.#conditions.hasBeenSlow;
  }

  /** Broker or storage answered, whatever it was. */
  heard(): void {
    this.#isHeard = true;
    this.#conditions.online();
  }

  /** Tries again at once what waits for a connection, or for its next try. */
  tryNow(): void {
    for (const resume of [...this.#waits]) resume();
  }

  #wait(subscribe: (resume: () => void) => () => void, signal: AbortSignal): Promise<void> {
    return until((resume) => {
      const end = () => {
        this.#waits.delete(end);
        takeBack();
        resume();
      };
      this.#waits.add(end);
      const takeBack = subscribe(end);
      return () => {
        this.#waits.delete(end);
        takeBack();
      };
    }, signal);
  }
}
