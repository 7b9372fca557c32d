import * as v from 'valibot';
import { Purpose } from './agreements.ts';
import { RecordProof } from './ledger.ts';
import { KEPT_DATA, LEGAL_BASES, RIGHTS } from './notice.ts';
import { AppId, Id, Reference, Sha256, Time } from './values.ts';

/** A type of its own, so that one kind of receipt can never pass for the other (RFC 8725 section 3.11). */
export const CONSENT_RECEIPT_TYP = 'consent-receipt+jwt';

export const CONSENT_SCHEMA = 'ISO-IEC-TS-27560:2023';

/** A duration as ISO 8601 writes it. */
const Duration = v.pipe(v.string(), v.regex(/^P(?=\d)(\d+M)?(\d+D)?$/));

const Party = v.object({
  party_id: v.string(),
  party_name: v.string(),
  party_address: v.optional(v.string()),
  party_contact: v.optional(v.string()),
  party_role: v.picklist(['controller', 'sender', 'third_party', 'authority']),
});

/**
 * Claims of a consent receipt: a record of ISO/IEC TS 27560, by its field names and with what the GDPR demands besides
 * (the record-GDPR profile of the W3C DPVCG guide). `jti` is the receipt's id. Signed with ES256 by the broker's receipt
 * key; keys, with the times between which each signed, at `{iss}/v1/receipt-keys`.
 */
export const ConsentReceipt = v.object({
  iss: v.string(),
  iat: v.number(),
  jti: Id,
  app: AppId,
  link: Id,
  reference: Reference,

  schema_version: v.literal(CONSENT_SCHEMA),
  /** The same for all answers to one link: each receipt tells of one event in the life of this record. */
  record_id: Id,
  /** Opaque, of this link alone. */
  pii_principal_id: v.string(),
  pii_principal: v.object({
    masked_address: v.string(),
    /** How the person was recognised; `verified_by` names the provider of an OpenID sign-in. */
    verification: v.picklist(['email_code', 'openid']),
    verified_by: v.optional(v.string()),
  }),

  /** Canonical JSON of exactly what was shown. */
  privacy_notice: v.string(),
  privacy_notice_sha256: Sha256,
  privacy_notice_version: v.number(),
  language: v.string(),

  pii_processing: v.object({
    purpose: v.string(),
    lawful_basis: v.picklist(LEGAL_BASES),
    pii_information: v.array(v.object({ pii_type: v.picklist(KEPT_DATA), pii_optional: v.boolean() })),
    pii_controllers: v.array(v.string()),
    collection_method: v.string(),
    processing_method: v.string(),
    storage_locations: v.array(v.string()),
    processing_locations: v.array(v.string()),
    geographic_restrictions: v.array(v.string()),
    retention_period: Duration,
    jurisdiction: v.string(),
    recipient_third_parties: v.array(v.string()),
    withdrawal_method: v.string(),
    privacy_rights: v.array(v.picklist(RIGHTS)),
    authority_party: v.string(),
  }),
  party_identification: v.array(Party),
  /** What was answered to each purpose of the notice. */
  purposes: v.array(v.object({ id: Purpose.entries.id, version: v.number(), agreed: v.boolean() })),

  event: v.object({
    event_time: Time,
    event_type: v.literal('explicit'),
    event_state: v.picklist(['given', 'refused', 'withdrawn']),
    /** Who made the event: the principal's id. */
    entity_id: v.string(),
    validity_duration: Duration,
  }),

  surface: v.picklist(['page', 'embedded']),
  /** Of the page that showed the notice, where the browser told it. */
  origin: v.optional(v.string()),
  component: v.optional(v.string()),
});
export type ConsentReceipt = v.InferOutput<typeof ConsentReceipt>;

/** `receipt.json`, and the answer of `POST /v1/recipient/receipt`. Checked by `secure-upload verify` and at `{issuer}/verify`. */
export const ReceiptFile = v.object({
  /** The broker that signed. Whoever checks must know it from elsewhere: nothing in this file is proof of it. */
  issuer: v.string(),
  reference: Reference,
  receipt: v.string(),
  /** Its place in the ledger: the record that the proof opens names the SHA-256 of the receipt (`receipt_sha256`). */
  proof: v.optional(RecordProof),
  /** Address of the page for taking the answer back; it holds a secret and opens nothing without a code. */
  withdraw: v.optional(v.string()),
});
export type ReceiptFile = v.InferOutput<typeof ReceiptFile>;
