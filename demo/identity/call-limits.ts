import type { IncomingMessage } from 'node:http';
import { addressClass, type Rate, RateLimit } from '../base/rate-limit.ts';

/** Of calls that nobody has signed in for: beginning and ending a sign-in, tokens, what a link's holder may ask. */
export interface CallRate extends Rate {
  /** How many proxies of the operator's stand before the broker, each of which appends to X-Forwarded-For. */
  readonly proxies: number;
}

/** An address at all apps together, in the measure of what it may do at one. */
const APPS = 4;
/** Codes typed in vain, by the people of one address. */
const GUESSES: Rate = { perMinute: 10, burst: 10 };

/**
 * Counted for an address at an app, and for the address at all of them; never for an app as a whole, which one visitor could
 * use up for all others. Per process: behind several, an address has the measure of each.
 */
export class CallLimits {
  readonly #proxies: number;
  readonly #atApp: RateLimit | null;
  readonly #atAll: RateLimit | null;
  readonly #guesses: RateLimit | null;

  /** Null: a proxy before the broker bounds these calls. */
  constructor(rate: CallRate | null, now: () => number) {
    const { perMinute = 0, burst = 0, proxies = 0 } = rate ?? {};
    this.#proxies = proxies;
    this.#atApp = rate && new RateLimit({ perMinute, burst }, now);
    this.#atAll = rate && new RateLimit({ perMinute: perMinute * APPS, burst: burst * APPS }, now);
    this.#guesses = rate && new RateLimit(GUESSES, now);
  }

  /** Seconds to wait; 0 to go on. `app`: its id, or the origin of the page where the call does not name it. */
  waitFor(request: IncomingMessage | undefined, app: string): number {
    const from = this.#from(request);
    if (from === null || !this.#atApp || !this.#atAll) return 0;
    return Math.max(this.#atApp.take(`${from} ${app.slice(0, 200)}`), this.#atAll.take(from));
  }

  /** As `waitFor`, of what was typed in vain. */
  guessed(request: IncomingMessage | undefined): number {
    const from = this.#from(request);
    return from === null || !this.#guesses ? 0 : this.#guesses.take(from);
  }

  #from(request: IncomingMessage | undefined): string | null {
    return request ? addressClass(addressOf(request, this.#proxies)) || null : null;
  }
}

/** What a proxy of ours wrote; whatever stands left of that, anybody may have written. */
export function addressOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const passed = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim());
  const told = proxies > 0 ? passed.at(-proxies) : undefined;
  return told || (socket.remoteAddress ?? '');
}

/** Of a call without a look at its body. */
export function appOf(address: URL, origin: string | undefined): string {
  const named = /^\/v1\/apps\/([^/]+)$/.exec(address.pathname)?.[1];
  return named ?? address.searchParams.get('app') ?? address.searchParams.get('client_id') ?? origin ?? '';
}
