import type { AuthenticationDemand, SignInTransaction } from '../contract/sign-in.ts';
import { makePageKey } from './proof.ts';
import { beginTransaction } from './transaction.ts';

/** What the page leaves behind for itself. It is taken at the first coming back, whatever that brings. */
export interface RoundTrip {
  readonly app: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Not extractable. */
  readonly pair: CryptoKeyPair;
  /** The fragment that the page had. */
  readonly hash: string;
  /** ms since epoch */
  readonly until: number;
}

/** Of this tab and this origin alone. Fails with sign_in_unkept. */
export interface RoundTrips {
  put(trip: RoundTrip): Promise<void>;
  /** Null where there is none, or another was begun since. The record is gone afterwards, and so is its key. */
  take(app: string, state: string): Promise<RoundTrip | null>;
}

/** The broker keeps the transaction as long. */
const AWAY_MS = 600_000;

export interface Leaving {
  readonly broker: URL;
  readonly app: string;
  /** Of the page, which comes back there. */
  readonly here: URL;
  /** ms since epoch */
  readonly now: number;
  readonly demand: AuthenticationDemand;
}

/** Makes everything for a sign-in in this very window, and answers the address to leave for. */
export async function prepareToLeave({ broker, app, here, now, demand }: Leaving, trips: RoundTrips): Promise<URL> {
  const key = await makePageKey();
  const { verifier, handed } = await beginTransaction(key.thumbprint, demand);
  const { state, nonce } = handed;
  await trips.put({ app, state, nonce, verifier, pair: key.pair, hash: here.hash, until: now + AWAY_MS });
  return leavingAddress(broker, app, here, handed);
}

/** The broker believes it only where the browser says that a page of the app's leads there. */
function leavingAddress(broker: URL, app: string, here: URL, handed: SignInTransaction): URL {
  const back = new URL(here);
  back.hash = '';
  const url = new URL('/sign-in/page', broker);
  const asked = Object.entries({ app, return_to: back.href, ...handed });
  url.search = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return url;
}
