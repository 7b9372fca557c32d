import type { JWK } from 'jose';

/** An OpenID provider of an organisation, registered once by the operator. */
export interface ProviderRecord {
  /** Stands in addresses: the provider sends people back to `{broker}/sign-in/provider/{id}`. */
  readonly id: string;
  /** What people read on the button "Sign in with …". */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** How the broker proves itself at the token endpoint: this, or `clientKey`. */
  readonly clientSecret?: string;
  /** A private key with `kid` and `alg`, for `private_key_jwt` (OpenID Connect Core section 9). */
  readonly clientKey?: JWK;
  /** Mail domains for which its `email` claim counts, as lower-case A-labels. */
  readonly domains: readonly string[];
  /** `provider`: every address it names is one it manages itself, although it sends no `email_verified`. */
  readonly emailVerifiedBy?: 'claim' | 'provider';
  /** What else its ID token must say, each with the values that are let in: `{"hd": ["acme.example"]}`. */
  readonly require?: Readonly<Record<string, readonly string[]>>;
  /** What it calls a strength of ours, as `acr_values` and `acr`: the same name where it is not listed. */
  readonly acr?: Readonly<Record<string, readonly string[]>>;
}
