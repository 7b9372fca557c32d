import type { Reach } from '../ports.ts';

/** Who made a token out of another (RFC 8693 section 4.1), outermost last. */
export interface Actor {
  readonly sub: string;
  readonly act?: Actor | undefined;
}

/** What of a token an exchange may pass on. Seconds since epoch. */
export interface Held {
  readonly scope: string;
  readonly within: Reach | null;
  readonly exp: number;
  readonly act?: Actor | undefined;
}

/** As it stands in the request: all optional, all of the caller's choice. */
export interface Wish {
  readonly scope?: string | undefined;
  /** `folder:{id}` and `upload:{id}`, with spaces between. */
  readonly prefix?: string | undefined;
  /** Seconds. */
  readonly lifetime?: string | undefined;
}

/** Seconds. */
export interface ExchangeLives {
  readonly shortest: number;
  readonly longest: number;
}

/** What a request asks for and cannot have; `error` as in RFC 6749 section 5.2. */
export class NotNarrower extends Error {
  readonly error: 'invalid_request' | 'invalid_scope';
  constructor(error: NotNarrower['error'], message: string) {
    super(message);
    this.error = error;
  }
}

const MAX_PLACES = 100;
const MAX_ACTORS = 5;

/**
 * What an exchange makes of a token: never more scope, never more places, never a later end. A wish for more is refused
 * and not cut down, so that nobody takes a narrow token for a wide one.
 */
export function narrow(held: Held, wish: Wish, actor: string, lives: ExchangeLives, now: number): Held {
  return {
    scope: narrowScope(held.scope, wish.scope),
    within: narrowReach(held.within, wish.prefix),
    exp: Math.min(held.exp, now + readLifetime(wish.lifetime, lives)),
    act: { sub: actor, ...(held.act && { act: refuseDepth(held.act) }) },
  };
}

function narrowScope(held: string, wish: string | undefined): string {
  if (wish === undefined) return held;
  const has = new Set(held.split(' '));
  const asked = [...new Set(wish.split(' ').filter((scope) => scope !== ''))];
  if (asked.length === 0 || !asked.every((scope) => has.has(scope))) {
    throw new NotNarrower('invalid_scope', 'the subject token has not all of these scopes');
  }
  return asked.join(' ');
}

function narrowReach(held: Reach | null, wish: string | undefined): Reach | null {
  if (wish === undefined) return held;
  const asked = { folders: new Set<string>(), uploads: new Set<string>() };
  const places = wish.split(' ').filter((place) => place !== '');
  if (places.length === 0 || places.length > MAX_PLACES) {
    throw new NotNarrower('invalid_request', `prefix names 1 to ${MAX_PLACES} places`);
  }
  for (const place of places) {
    const [, kind, id] = /^(folder|upload):([\w-]{8,64})$/.exec(place) ?? [];
    if (!id) throw new NotNarrower('invalid_request', 'prefix is folder:{id} or upload:{id}');
    const isHeld = held === null || (kind === 'folder' ? held.folders : held.uploads).includes(id);
    if (!isHeld) throw new NotNarrower('invalid_request', 'the subject token does not reach all of this prefix');
    (kind === 'folder' ? asked.folders : asked.uploads).add(id);
  }
  return { folders: [...asked.folders], uploads: [...asked.uploads] };
}

function readLifetime(wish: string | undefined, { shortest, longest }: ExchangeLives): number {
  if (wish === undefined) return shortest;
  const seconds = /^\d{1,6}$/.test(wish) ? Number(wish) : Number.NaN;
  if (seconds >= shortest && seconds <= longest) return seconds;
  throw new NotNarrower('invalid_request', `lifetime is ${shortest} to ${longest} seconds`);
}

function refuseDepth(act: Actor): Actor {
  let depth = 1;
  for (let at: Actor | undefined = act.act; at; at = at.act) depth += 1;
  if (depth >= MAX_ACTORS) throw new NotNarrower('invalid_request', `a token is exchanged ${MAX_ACTORS} times at most`);
  return act;
}
