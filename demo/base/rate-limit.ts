import { isIPv6 } from 'node:net';

export interface Rate {
  readonly perMinute: number;
  /** How many may come at once after a pause. */
  readonly burst: number;
}

/**
 * A bucket of tokens for each key, filled by the clock. In memory, per process. Whoever makes up many keys makes this forget
 * the oldest, which gives those their full bucket again: nobody takes anything from anybody else.
 */
export class RateLimit {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #keys: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(rate: Rate, now: () => number, keys = 50_000) {
    this.#rate = rate;
    this.#now = now;
    this.#keys = keys;
  }

  /** Takes one. Seconds to wait where there is none; 0 where there was. */
  take(key: string): number {
    const { perMinute, burst } = this.#rate;
    const now = this.#now();
    const { left, at } = this.#buckets.get(key) ?? { left: burst, at: now };
    const filled = Math.min(burst, left + (Math.max(0, now - at) / 60_000) * perMinute);
    this.#buckets.delete(key); // The order of the map is that of use.
    this.#buckets.set(key, { left: filled < 1 ? filled : filled - 1, at: now });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > this.#keys && oldest !== undefined) this.#buckets.delete(oldest);
    return filled < 1 ? Math.ceil(((1 - filled) * 60) / perMinute) : 0;
  }
}

/** An IPv4 address is one household or office; of IPv6 that is a /64, all of whose addresses one machine can take. */
export function addressClass(address: string): string {
  const [plain = ''] = address.split('%');
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(plain)?.[1];
  if (v4 !== undefined || !isIPv6(plain)) return v4 ?? plain;
  const [head = '', tail] = plain.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length - (plain.includes('.') ? 1 : 0);
  const all = [...before, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
