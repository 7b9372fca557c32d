import * as v from 'valibot';
import { Verified } from './links.ts';
import { LinkToken, Time, Token256 } from './values.ts';

/** What a recipient may press besides the way to the files. Each of these wants a person's press. */

/** `event.isTrusted` of the press: a script's is refused with not_a_person. */
const Press = { is_trusted: v.boolean() };

/** `POST /v1/recipient/code`: a mail goes out. A page that does not say whose press it was is believed. */
export const AskCode = v.object({ token: LinkToken, is_trusted: v.optional(v.boolean()) });
export type AskCode = v.InferOutput<typeof AskCode>;

/** `POST /v1/recipient/ask`: the sender is asked for a new link, once per link and day; again answers the same time. */
export const AskNewLink = v.object({ token: LinkToken, ...Press });
export type AskNewLink = v.InferOutput<typeof AskNewLink>;

/**
 * `POST /v1/recipient/report`: the sender is told, once per link and reason, and nothing is closed. `not_for_me`: the wrong
 * person has it. `not_me`: the files were collected, and by somebody else; the owners are told too.
 */
export const ReportLink = v.object({ token: LinkToken, what: v.picklist(['not_for_me', 'not_me']), ...Press });
export type ReportLink = v.InferOutput<typeof ReportLink>;

/** The answer to both: when the sender was told. */
export const ToldSender = v.object({ at: Time });
export type ToldSender = v.InferOutput<typeof ToldSender>;

/** `POST /v1/recipient/extend`: the delivery window of this key once more, once. */
export const ExtendedWindow = v.object({ window_ends_at: Time, expires_at: Time });
export type ExtendedWindow = v.InferOutput<typeof ExtendedWindow>;

/**
 * `POST /v1/recipient/sign-in`, from our own page only, with a proof by the page's key: the recipient proves their address
 * with an account. Sets a cookie that binds the way there and back to this browser.
 */
export const StartRecipientSignIn = v.object({
  token: LinkToken,
  provider: v.pipe(v.string(), v.maxLength(64)),
  /** `window`: another window goes there, this page waits. `page`: this page goes, and is led back to `/r`. */
  back: v.picklist(['window', 'page']),
  ...Press,
});
export type StartRecipientSignIn = v.InferOutput<typeof StartRecipientSignIn>;
export const StartedRecipientSignIn = v.object({
  /** Where the browser goes. */
  address: v.string(),
  /** What the outcome is collected with. */
  sign_in: Token256,
  expires_at: Time,
});
export type StartedRecipientSignIn = v.InferOutput<typeof StartedRecipientSignIn>;

/** `POST /v1/recipient/verify-sign-in`, proven by the same key; asked every other second while the person is away. */
export const VerifySignIn = v.object({ token: LinkToken, sign_in: Token256 });
export type VerifySignIn = v.InferOutput<typeof VerifySignIn>;
/** Fails with other_mailbox, sign_in_refused or sign_in_lost. */
export const SignInVerified = v.variant('status', [
  v.object({ status: v.literal('pending') }),
  v.object({ status: v.literal('verified'), verified: Verified }),
]);
export type SignInVerified = v.InferOutput<typeof SignInVerified>;

/** `POST /v1/recipient/stop/notice`: what `/stop#…` of a mail would stop. Changes nothing. */
export const OpenStop = v.object({ token: LinkToken });
export type OpenStop = v.InferOutput<typeof OpenStop>;

/** `POST /v1/recipient/stop`: no more mails to this address that it did not ask for, or again. */
export const StopMails = v.object({ token: LinkToken, stopped: v.boolean(), ...Press });
export type StopMails = v.InferOutput<typeof StopMails>;
export const StopNotice = v.object({
  org: v.string(),
  sender: v.string(),
  masked_address: v.string(),
  /** Since when mails are stopped. */
  stopped_at: v.optional(Time),
});
export type StopNotice = v.InferOutput<typeof StopNotice>;
