import * as v from 'valibot';
import {
  Bytes,
  Email,
  FileName,
  FolderPath,
  Id,
  LinkToken,
  MediaType,
  Reference,
  Sha256,
  Time,
  Token256,
} from './values.ts';

/** Characters of what a link is for. */
export const PURPOSE_LENGTH = 120;

/** `POST /v1/links`: one link per recipient; the mail goes out with it. */
export const MakeLink = v.object({
  files: v.pipe(v.array(Id), v.minLength(1), v.maxLength(100)),
  recipient: Email,
  /** Plain words; never becomes a link in our mail. */
  purpose: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(PURPOSE_LENGTH)),
  expires_at: Time,
  language: v.optional(v.pipe(v.string(), v.maxLength(35)), 'en'),
});
export type MakeLink = v.InferOutput<typeof MakeLink>;

export const LinkState = v.picklist(['open', 'accepted', 'declined', 'claimed', 'withdrawn', 'expired', 'taken_back']);
export type LinkState = v.InferOutput<typeof LinkState>;

export const Link = v.object({
  id: Id,
  recipient: Email,
  purpose: v.string(),
  files: v.array(Id),
  state: LinkState,
  reference: Reference,
  created_at: Time,
  expires_at: Time,
  decided_at: v.optional(Time),
  claimed_at: v.optional(Time),
});
export type Link = v.InferOutput<typeof Link>;
/** The answer to making a link also says whom the recipient should expect the mail from. */
export const MadeLink = v.object({ link: Link, mail_from: v.string() });
export type MadeLink = v.InferOutput<typeof MadeLink>;
/** `GET /v1/links`: the person's own, newest first, never with a token. */
export const LinkList = v.object({ links: v.array(Link) });
export type LinkList = v.InferOutput<typeof LinkList>;

// The recipient's side. All are POST; no GET changes anything.

/** `POST /v1/recipient/notice`, `…/code` */
export const OpenLink = v.object({ token: LinkToken });
export type OpenLink = v.InferOutput<typeof OpenLink>;

export const CodeState = v.object({
  sent_at: Time,
  expires_at: Time,
  next_mail_at: Time,
  mails_left: v.number(),
  tries_left: v.number(),
});
export type CodeState = v.InferOutput<typeof CodeState>;

/** What may be seen before proof: no file name, no full address. */
export const Cover = v.object({
  app: v.string(),
  state: LinkState,
  sender: v.object({ name: v.string(), org: v.string(), address: v.string() }),
  contact: v.string(),
  purpose: v.string(),
  files: v.object({ count: v.number(), bytes: Bytes }),
  expires_at: Time,
  reference: Reference,
  masked_address: v.string(),
  proofs: v.array(v.picklist(['code'])),
  code: v.nullable(CodeState),
  /** Until when wrong codes have paused this link. */
  locked_until: v.optional(Time),
  /** When the link reached its state, if that is an ended one. */
  state_since: v.optional(Time),
  dpop_nonce: v.string(),
});
export type Cover = v.InferOutput<typeof Cover>;

/** `POST /v1/recipient/verify` with a DPoP proof: the key of that proof is the one the claim will belong to. */
export const VerifyCode = v.object({ token: LinkToken, code: v.pipe(v.string(), v.regex(/^[0-9]{8}$/)) });
export type VerifyCode = v.InferOutput<typeof VerifyCode>;

/** The notice exactly as shown. `canonical` is its JSON (RFC 8785), whose SHA-256 the decision must name. */
export const Notice = v.object({
  version: v.number(),
  language: v.string(),
  controller: v.object({ name: v.string(), contact: v.string() }),
  sender: v.object({ name: v.string(), address: v.string() }),
  purpose: v.string(),
  files: v.array(v.object({ name: FileName, path: v.optional(FolderPath), size: Bytes, type: MediaType })),
  data_kept: v.array(v.picklist(['email_address', 'answer', 'download_time'])),
  why: v.literal('show_that_files_reached_you'),
  who_sees: v.array(v.string()),
  region: v.string(),
  kept_months: v.number(),
  withdraw: v.literal('any_time_from_receipt'),
});
export type Notice = v.InferOutput<typeof Notice>;

export const OfferedFile = v.object({
  id: Id,
  name: FileName,
  path: v.optional(FolderPath),
  size: Bytes,
  type: MediaType,
  /** Composite where `part_bytes` is there, as in StoredFile. */
  sha256: Sha256,
  part_bytes: v.optional(Bytes),
});
export type OfferedFile = v.InferOutput<typeof OfferedFile>;

export const Verified = v.object({
  recipient_token: v.string(),
  expires_at: Time,
  notice: Notice,
  canonical: v.string(),
  sha256: Sha256,
  nonce: Token256,
  files: v.array(OfferedFile),
  /** Seconds from the first claim on; the page says so before the first press on Download. */
  delivery_window_s: v.number(),
  state: LinkState,
  decided_at: v.optional(Time),
  /** The receipt of the standing decision, if there is one. */
  receipt: v.optional(v.string()),
});
export type Verified = v.InferOutput<typeof Verified>;

/** `POST /v1/recipient/decide` with the recipient token and a proof by its key. */
export const Decide = v.object({
  decision: v.picklist(['accept', 'decline']),
  notice_sha256: Sha256,
  nonce: Token256,
  surface: v.picklist(['page', 'embedded']),
  /** `event.isTrusted` of the press. */
  is_trusted: v.boolean(),
});
export type Decide = v.InferOutput<typeof Decide>;
export const Decided = v.object({ decision: v.picklist(['accept', 'decline']), at: Time, receipt: v.string() });
export type Decided = v.InferOutput<typeof Decided>;

/** `POST /v1/recipient/claim`: fresh addresses for all files; the first call uses the link up. */
export const Claimed = v.object({
  claimed_at: Time,
  window_ends_at: Time,
  expires_at: Time,
  files: v.array(v.object({ id: Id, url: v.string(), expires_at: Time })),
});
export type Claimed = v.InferOutput<typeof Claimed>;

/** `POST /v1/recipient/withdraw` */
export const Withdrawn = v.object({ at: Time, receipt: v.string() });
export type Withdrawn = v.InferOutput<typeof Withdrawn>;
