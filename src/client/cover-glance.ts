import type { Cover } from '../contract/links.ts';
import type { Fetch } from './call.ts';
import { isLike } from './is-like.ts';

/** Samples of what the cover is drawn from. */
const DRAWN = {
  state: '',
  sender: { name: '', org: '', address: '' },
  purpose: '',
  files: { count: 1 },
  expires_at: '',
  reference: '',
  masked_address: '',
};

/**
 * Asks once who sends what, and reads the answer without the schemas: they would be a sixth of what the page may weigh.
 * Whoever acts upon it reads the same answer again, by `fetch`, and parses it.
 */
export class CoverGlance {
  readonly #url: URL;
  readonly #token: string;
  readonly #fetch: Fetch;
  #answer: Promise<Response> | null = null;

  constructor(broker: URL, token: string, fetch: Fetch) {
    this.#url = new URL('/v1/recipient/notice', broker);
    this.#token = token;
    this.#fetch = fetch;
  }

  /** Null where the cover is not what there is to show: a refusal, a link that has ended, a code that is out. */
  async readCover(signal: AbortSignal): Promise<Cover | null> {
    const answered = this.#fetch(this.#url, {
      method: 'POST',
      credentials: 'omit',
      redirect: 'error',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: this.#token }),
      signal,
    });
    this.#answer = answered.then(copyOf);
    try {
      // Whoever reads it again has one of its own.
      const cover: unknown = await (await this.#answer).clone().json();
      return isLike(cover, DRAWN) && isOpen(cover as Cover) ? (cover as Cover) : null;
    } catch {
      return null;
    }
  }

  /** Answers the first question with what was answered already. */
  readonly fetch: Fetch = (url, init) => {
    const answer = this.#answer;
    if (answer === null || url.href !== this.#url.href) return this.#fetch(url, init);
    this.#answer = null;
    return answer;
  };
}

/** The whole body at once: a clone of a stream that nobody reads would be kept open for as long as somebody hesitates. */
async function copyOf(response: Response): Promise<Response> {
  const body = await response.arrayBuffer();
  return new Response(body.byteLength > 0 ? body : null, response);
}

function isOpen({ state, code, locked_until: lockedUntil, expires_at: end }: Cover): boolean {
  const isAskable = state === 'open' || state === 'accepted' || state === 'declined';
  return isAskable && code === null && lockedUntil === undefined && !Number.isNaN(Date.parse(end));
}
