import * as v from 'valibot';
import { Notice, ShownNotice } from './notice.ts';
import { Bytes, FileName, FolderPath, Id, LinkToken, MediaType, Recipient, Reference, Sha256, Time } from './values.ts';

/** Characters of what a link is for. */
export const PURPOSE_LENGTH = 120;

/** Of the mail to the recipient (BCP 47); English where the broker does not speak it. */
const Language = v.optional(v.pipe(v.string(), v.maxLength(35)), 'en');

/** That the sender was shown what sending outside the organisation means, and said yes. What was shown: CheckedRecipient. */
export const OutsideConsent = v.object({
  sha256: Sha256,
  language: v.pipe(v.string(), v.maxLength(35)),
});
export type OutsideConsent = v.InferOutput<typeof OutsideConsent>;

const Wish = {
  files: v.pipe(v.array(Id), v.minLength(1), v.maxLength(100)),
  recipient: Recipient,
  /** Plain words (src/policy `isPlainPurpose`); never becomes a link in our mail. */
  purpose: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(PURPOSE_LENGTH)),
  expires_at: Time,
  language: Language,
  /** How many pages may fetch the files, each with a key of its own: one where absent; the template says how many at most. */
  claims: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
};

/**
 * `POST /v1/links`: one link per recipient; the mail goes out with it. To an address outside the organisation it needs
 * `outside`.
 */
export const MakeLink = v.object({ ...Wish, outside: v.optional(OutsideConsent) });
export type MakeLink = v.InferOutput<typeof MakeLink>;

/** `renewed`: the sender replaced it with a new link, whatever it was before. */
export const LinkState = v.picklist([
  'open',
  'accepted',
  'declined',
  'claimed',
  'withdrawn',
  'expired',
  'taken_back',
  'renewed',
]);
export type LinkState = v.InferOutput<typeof LinkState>;

export const Link = v.object({
  id: Id,
  /** Empty, with `purpose`, once what was kept about the recipient is deleted. */
  recipient: v.union([Recipient, v.literal('')]),
  purpose: v.string(),
  files: v.array(Id),
  state: LinkState,
  reference: Reference,
  created_at: Time,
  expires_at: Time,
  decided_at: v.optional(Time),
  /** Of the first claim. */
  claimed_at: v.optional(Time),
  claims: v.number(),
  claims_used: v.number(),
  /** The address is outside the organisation. */
  external: v.boolean(),
  /** When the mail with it was handed over; absent while it is on its way. */
  mailed_at: v.optional(Time),
  /** When a mail server refused the mail for good: it does not know the address, or `refused`. */
  undeliverable_at: v.optional(Time),
  /** It said another reason than the address: a full mailbox, size, its rules. */
  refused: v.optional(v.literal(true)),
  /** This address does not want mails any more. */
  stopped: v.optional(v.literal(true)),
  /** Until when wrong codes have paused it. */
  locked_until: v.optional(Time),
  /** Until when the newest claim may be repeated. */
  window_ends_at: v.optional(Time),
  /** The recipient asks for a new link; the sender has not answered yet. */
  asked_at: v.optional(Time),
  /** Somebody said that it was not for them, or that it was not them who fetched the files. */
  reported_at: v.optional(Time),
  reported: v.optional(v.picklist(['not_for_me', 'not_me'])),
  taken_back_at: v.optional(Time),
  withdrawn_at: v.optional(Time),
  /** The link that took its place, and the one whose place it took. */
  renewed_as: v.optional(Id),
  renews: v.optional(Id),
});
export type Link = v.InferOutput<typeof Link>;
/** The answer to making a link also says whom the recipient should expect the mail from. */
export const MadeLink = v.object({ link: Link, mail_from: v.string() });
export type MadeLink = v.InferOutput<typeof MadeLink>;
/** `GET /v1/links?cursor=`: the person's own, newest first, never with a token. */
export const LinkList = v.object({ links: v.array(Link), next: v.optional(v.string()) });
export type LinkList = v.InferOutput<typeof LinkList>;

/** `GET /v1/links/all?cursor=`: the whole app's, for its owners. */
export const AppLinkList = v.object({
  links: v.array(v.object({ ...Link.entries, sent_by: v.string() })),
  next: v.optional(v.string()),
  /** Of all links to addresses outside: how many there are, and how many with the sender's recorded consent. */
  outside: v.object({ links: v.number(), with_consent: v.number() }),
});
export type AppLinkList = v.InferOutput<typeof AppLinkList>;

/** `POST /v1/links/{id}/renew`: a new link with the same files, recipient, purpose; this one ends. Once: again answers the same. */
export const RenewLink = v.object({
  /** As long as the template usually gives where absent. */
  expires_at: v.optional(Time),
  /** Needed where the words have changed since the sender said yes. */
  outside: v.optional(OutsideConsent),
});
export type RenewLink = v.InferOutput<typeof RenewLink>;

/** `POST /v1/links/recipient`: what sending to this address would need. Changes nothing. */
export const CheckRecipient = v.object({ recipient: Recipient, language: Language });
export type CheckRecipient = v.InferOutput<typeof CheckRecipient>;
export const CheckedRecipient = v.object({
  external: v.boolean(),
  /** The account may send there. */
  allowed: v.boolean(),
  /** What the sender must say yes to first (OutsideConsent). */
  outside: v.optional(v.object({ version: v.number(), text: v.string(), ...OutsideConsent.entries })),
});
export type CheckedRecipient = v.InferOutput<typeof CheckedRecipient>;

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
  /** Of the mail, so that the page goes on in it (BCP 47). */
  language: v.optional(v.string()),
  proofs: v.array(v.picklist(['code', 'provider'])),
  /** With whom an account of this address can be proven, where `proofs` has `provider`. */
  providers: v.optional(v.array(v.object({ id: v.string(), name: v.string() }))),
  /** How many more pages may fetch the files; one where absent. */
  claims_left: v.optional(v.number()),
  /** A new link was asked for within the last day. */
  asked_at: v.optional(Time),
  code: v.nullable(CodeState),
  /** Until when wrong codes have paused this link. */
  locked_until: v.optional(Time),
  /** When the link reached its state, if that is an ended one. */
  state_since: v.optional(Time),
  /** An answer stands: a code proves who may withdraw it, also where the link has ended. */
  withdrawable: v.boolean(),
  dpop_nonce: v.string(),
});
export type Cover = v.InferOutput<typeof Cover>;

/** `POST /v1/recipient/verify` with a DPoP proof: the key of that proof is the one the claim will belong to. */
export const VerifyCode = v.object({ token: LinkToken, code: v.pipe(v.string(), v.regex(/^[0-9]{8}$/)) });
export type VerifyCode = v.InferOutput<typeof VerifyCode>;

/** `POST /v1/links/preview`: what the recipient would see. Gives nobody any right, and no mail goes out. */
export const PreviewLink = v.object(Wish);
export type PreviewLink = v.InferOutput<typeof PreviewLink>;

export const LinkPreview = v.object({
  /** The address of the link stands in it with dots in place of its secret. */
  mail: v.object({ from: v.string(), subject: v.string(), text: v.string(), html: v.string() }),
  cover: Cover,
  notice: Notice,
});
export type LinkPreview = v.InferOutput<typeof LinkPreview>;

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
  ...ShownNotice.entries,
  files: v.array(OfferedFile),
  /** Seconds from the first claim on; the page says so before the first press on Download. */
  delivery_window_s: v.number(),
  state: LinkState,
  decided_at: v.optional(Time),
  /** The receipt of the standing decision, if there is one. */
  receipt: v.optional(v.string()),
});
export type Verified = v.InferOutput<typeof Verified>;

/** `POST /v1/recipient/claim`: fresh addresses for all files; the first call uses the link up. */
export const Claimed = v.object({
  claimed_at: Time,
  window_ends_at: Time,
  expires_at: Time,
  /** The window can be made longer once (`POST /v1/recipient/extend`). */
  extendable: v.optional(v.boolean()),
  files: v.array(v.object({ id: Id, url: v.string(), expires_at: Time })),
});
export type Claimed = v.InferOutput<typeof Claimed>;
