import * as v from 'valibot';
import { Purpose } from './agreements.ts';
import { Bytes, FileName, FolderPath, MediaType, Sha256, Time, Token256 } from './values.ts';

/** Counts up with every change of the fields of a notice. */
export const NOTICE_VERSION = 2;

/** What of a recipient is kept: each with a line of the notice, and a place in the data map of the broker. */
export const KEPT_DATA = ['email_address', 'answer', 'download_time', 'network'] as const;

export const LEGAL_BASES = ['consent', 'contract', 'legal_obligation', 'legitimate_interest', 'public_task'] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

/** Rights of the person (GDPR articles 15 to 18, 20, 21, 7(3), 77), by their names in DPV. */
export const RIGHTS = ['access', 'rectify', 'erase', 'restrict', 'port', 'object', 'withdraw', 'complain'] as const;

/** One thing that a notice tells. Shown word for word: the broker's words, in the notice's language. */
export const NoticeLine = v.object({
  id: v.picklist([
    // Before the buttons.
    'sender',
    'purpose',
    'kept',
    'why',
    'seen',
    'withdraw',
    // In "Read the full notice".
    'controller',
    'contact',
    'sender_address',
    'data',
    'basis',
    'place',
    'period',
    'log',
    'rights',
    'authority',
    'copies',
  ]),
  label: v.string(),
  text: v.string(),
});
export type NoticeLine = v.InferOutput<typeof NoticeLine>;

/** A choice beside the answer itself. Its box is never ticked beforehand. */
export const NoticePurpose = v.object({
  id: Purpose.entries.id,
  version: Purpose.entries.version,
  /** Accepting is not possible without it; the explanation says why. */
  needed: v.boolean(),
  label: v.string(),
  explanation: v.string(),
});
export type NoticePurpose = v.InferOutput<typeof NoticePurpose>;

/**
 * The notice exactly as shown. Its canonical JSON (RFC 8785) is hashed, and a decision must name that hash. What people
 * read stands in `question`, `lines`, `full`, `purposes` and `choices`; the rest is the same for programs.
 */
export const Notice = v.object({
  version: v.literal(NOTICE_VERSION),
  /** BCP 47, of all words but the sender's own. */
  language: v.string(),
  question: v.string(),
  lines: v.array(NoticeLine),
  full: v.array(NoticeLine),
  purposes: v.array(NoticePurpose),
  /** What stands on the two buttons: both or neither change the look, the order or the steps. */
  choices: v.object({ accept: v.string(), decline: v.string() }),
  controller: v.object({ name: v.string(), address: v.string(), contact: v.string() }),
  sender: v.object({ name: v.string(), address: v.string() }),
  purpose: v.string(),
  files: v.array(v.object({ name: FileName, path: v.optional(FolderPath), size: Bytes, type: MediaType })),
  data_kept: v.array(v.picklist(KEPT_DATA)),
  legal_basis: v.picklist(LEGAL_BASES),
  region: v.string(),
  kept_months: v.number(),
  who_sees: v.array(v.string()),
  rights: v.array(v.picklist(RIGHTS)),
  authority: v.object({ name: v.string(), url: v.optional(v.string()) }),
});
export type Notice = v.InferOutput<typeof Notice>;

/** What an answer must name: `sha256` of `canonical`, and a nonce that is good for one answer. */
export const ShownNotice = v.object({
  notice: Notice,
  canonical: v.string(),
  sha256: Sha256,
  nonce: Token256,
  /** BCP 47 tags in which this notice can be had. */
  languages: v.array(v.string()),
});
export type ShownNotice = v.InferOutput<typeof ShownNotice>;

/**
 * `POST /v1/recipient/show` with the recipient token: the notice as it stands now, in another language too. The one
 * shown before can no longer be answered.
 */
export const ShowNotice = v.object({
  language: v.optional(v.pipe(v.string(), v.maxLength(35), v.regex(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/))),
});
export type ShowNotice = v.InferOutput<typeof ShowNotice>;

/** `POST /v1/recipient/decide` with the recipient token and a proof by its key. Accept and decline differ in one word. */
export const Decide = v.object({
  decision: v.picklist(['accept', 'decline']),
  notice_sha256: Sha256,
  nonce: Token256,
  surface: v.picklist(['page', 'embedded']),
  /** `event.isTrusted` of the press; assistive technology makes trusted ones. */
  is_trusted: v.boolean(),
  /** One for each purpose of the notice; may be left out where there is none, and with a decline. */
  purposes: v.optional(v.pipe(v.array(v.object({ id: Purpose.entries.id, agreed: v.boolean() })), v.maxLength(10))),
  /** Version of the script that showed the notice. */
  component: v.optional(v.pipe(v.string(), v.maxLength(32), v.regex(/^[0-9A-Za-z.+-]+$/))),
});
export type Decide = v.InferOutput<typeof Decide>;
export const Decided = v.object({ decision: v.picklist(['accept', 'decline']), at: Time, receipt: v.string() });
export type Decided = v.InferOutput<typeof Decided>;

/** `POST /v1/recipient/withdraw` with the recipient token and a proof by its key. */
export const Withdraw = v.object({
  /** As of a decision: a script's press is refused with not_a_person. */
  is_trusted: v.boolean(),
});
export type Withdraw = v.InferOutput<typeof Withdraw>;
/** `erase_by`: when what is kept about the person will be gone. */
export const Withdrawn = v.object({ at: Time, receipt: v.string(), erase_by: Time });
export type Withdrawn = v.InferOutput<typeof Withdrawn>;

/** `POST /v1/recipient/receipt/mail`: once more to the proven address, and to no other. */
export const MailedReceipt = v.object({ sent_to: v.string() });
export type MailedReceipt = v.InferOutput<typeof MailedReceipt>;
