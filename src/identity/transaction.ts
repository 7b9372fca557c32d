import type { AuthenticationDemand, SignInTransaction } from '../contract/sign-in.ts';
import { randomToken, sha256url } from './base64url.ts';

/** What one sign-in keeps to itself, and the hashes of it that it hands out. Lives in memory for ten minutes at most. */
export interface Transaction {
  /** PKCE (RFC 7636): shown to the token endpoint alone. */
  readonly verifier: string;
  /** Shown to the broker's collect call alone. */
  readonly secret: string;
  readonly handed: SignInTransaction;
}

export async function beginTransaction(jkt: string, demand: AuthenticationDemand = {}): Promise<Transaction> {
  const verifier = randomToken();
  const secret = randomToken();
  const [challenge, state] = await Promise.all([sha256url(verifier), sha256url(secret)]);
  return { verifier, secret, handed: { challenge, state, jkt, nonce: randomToken(), ...demand } };
}
