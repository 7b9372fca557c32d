import type { SignInVerified } from '../contract/link-steps.ts';
import type { Verified } from '../contract/links.ts';
import { asUploadError } from '../errors.ts';
import type { Clock, RecipientCalls } from './ports.ts';
import { isUnanswered } from './recipient-problems.ts';

/** How often the broker is asked whether the person is back. */
const ASK_MS = 2_000;

/** The window in which the person signs in. Pages in it may cut it off from ours: whether it is closed cannot be known. */
export interface Away {
  go(address: string): void;
  close(): void;
}

/** One proof with an account, from the press until the person is back, or until nobody waits any more. */
export class AccountProof {
  readonly #calls: RecipientCalls;
  readonly #clock: Clock;
  readonly #away: Away;
  #isOver = false;
  #wake: () => void = () => {};

  constructor(calls: RecipientCalls, clock: Clock, away: Away) {
    this.#calls = calls;
    this.#clock = clock;
    this.#away = away;
  }

  /** Null where it was ended first. Fails with the UploadError of the calls, which is how the broker ends the waiting. */
  async prove(provider: string, isTrusted: boolean): Promise<Verified | null> {
    try {
      const { address, sign_in: signIn } = await this.#calls.startSignIn(provider, isTrusted);
      if (this.#isOver) return null;
      this.#away.go(address);
      for (;;) {
        await this.#pause();
        if (this.#isOver) return null;
        const outcome = await this.#ask(signIn);
        if (outcome.status === 'verified') return outcome.verified;
      }
    } finally {
      this.#away.close();
    }
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** A question that nobody answered is asked again: phones are offline while they change windows. */
  async #ask(signIn: string): Promise<SignInVerified> {
    try {
      return await this.#calls.verifySignIn(signIn);
    } catch (cause) {
      if (isUnanswered(asUploadError(cause, 'broker_unexpected'))) return { status: 'pending' };
      throw cause;
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#clock.after(ASK_MS, resolve);
      this.#wake = () => {
        stop();
        resolve();
      };
    });
  }
}
