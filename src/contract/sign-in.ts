import * as v from 'valibot';
import { AppId, Token256 } from './values.ts';

/** A way of signing in, as OpenID Connect Core section 2 (`acr`) names one. */
export const AcrValue = v.pipe(v.string(), v.regex(/^[A-Za-z0-9:._/-]{1,100}$/));

/** Where a call wants a stronger or fresher sign-in: what the challenge of an RFC 9470 answer asked for, word for word. */
export const AuthenticationDemand = v.object({
  acr_values: v.optional(AcrValue),
  /** Seconds. */
  max_age: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400))),
});
export type AuthenticationDemand = v.InferOutput<typeof AuthenticationDemand>;

/** What the tag hands to the start page (by postMessage), and the start page to the broker. */
export const SignInTransaction = v.object({
  /** PKCE S256 challenge (RFC 7636 section 4.2). */
  challenge: Token256,
  nonce: Token256,
  /** RFC 7638 thumbprint of the DPoP key. */
  jkt: Token256,
  /** SHA-256, base64url, of a secret that only the tag has. */
  state: Token256,
  ...AuthenticationDemand.entries,
});
export type SignInTransaction = v.InferOutput<typeof SignInTransaction>;

/** `POST /sign-in/start`, same origin only. `origin` is the opener's, as the browser told the start page. */
export const StartSignIn = v.object({ app: AppId, origin: v.string(), ...SignInTransaction.entries });
export type StartSignIn = v.InferOutput<typeof StartSignIn>;
export const StartedSignIn = v.object({ authorize: v.string() });
export type StartedSignIn = v.InferOutput<typeof StartedSignIn>;

/** `POST /v1/sign-in/collect`: a long poll with a DPoP proof by the transaction's key. */
export const CollectSignIn = v.object({ app: AppId, secret: Token256 });
export type CollectSignIn = v.InferOutput<typeof CollectSignIn>;
export const CollectedSignIn = v.variant('status', [
  v.object({ status: v.literal('pending') }),
  v.object({ status: v.literal('code'), code: v.string(), iss: v.string(), state: Token256 }),
  v.object({ status: v.literal('error'), error: v.string() }),
]);
export type CollectedSignIn = v.InferOutput<typeof CollectedSignIn>;

/** `POST /v1/sign-in/cancel`, proven like the collecting: the code of a sign-in that nobody waits for is not kept. */
export const CancelSignIn = CollectSignIn;

/** `POST /v1/sign-in/code`, with a proof by the transaction's key: the person signs in on another page or device. */
export const SignInByCode = v.object({ app: AppId, ...SignInTransaction.entries });
export const SignInCode = v.object({
  /** Eight letters, shown 4-4. */
  user_code: v.pipe(v.string(), v.regex(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/)),
  /** Where it is typed; the code never stands in the address (RFC 8628 section 5.4). */
  address: v.pipe(v.string(), v.url()),
  /** Seconds from now. */
  expires_in: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3600)),
});
export type SignInCode = v.InferOutput<typeof SignInCode>;

/** `GET /sign-in/page`: the page leaves, and comes back to `return_to` with the answer behind `RETURN_MARK`. */
export const SignInFromPage = v.object({
  app: AppId,
  return_to: v.pipe(v.string(), v.maxLength(2000), v.url()),
  ...SignInTransaction.entries,
  max_age: v.optional(v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number))),
});
export type SignInFromPage = v.InferOutput<typeof SignInFromPage>;

/** The messages between tag and start page. Both sides check `event.origin` and `event.source` first. */
export const StartPageReady = v.object({
  type: v.literal('secure-upload:ready'),
  /** What stood behind the `#` of the start page's address: a link has no window to compare. */
  ticket: v.optional(v.string()),
});
export const StartPageTransaction = v.object({
  type: v.literal('secure-upload:transaction'),
  transaction: SignInTransaction,
});
