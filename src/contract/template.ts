import * as v from 'valibot';
import { Purposes } from './agreements.ts';
import { LEGAL_BASES } from './notice.ts';
import { SCOPES } from './scopes.ts';
import { AcrValue } from './sign-in.ts';
import { Bytes, MediaType, Words } from './values.ts';

/** One kind of file people know by name, with what browsers and disks call it. */
export const Family = v.object({
  /** Key of the word shown: "photos", "documents", … */
  name: v.picklist(['photos', 'images', 'documents', 'texts', 'archives', 'videos', 'sound', 'tables', 'slides']),
  types: v.pipe(v.array(MediaType), v.minLength(1)),
  /** Lower case, without the dot. */
  extensions: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9]{1,10}$/))), v.minLength(1)),
});
export type Family = v.InferOutput<typeof Family>;

const Positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What the policy judges by. The same object at the element and at the broker. */
export const Limits = v.object({
  min_file_bytes: v.optional(Bytes),
  max_file_bytes: Bytes,
  max_total_bytes: Bytes,
  /** Over all starts of a batch; one call carries FILES_A_CALL (uploads.ts). */
  max_files: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
  /** Characters (code points) of a file's name. */
  max_name_length: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255)),
  accepts: v.pipe(v.array(Family), v.minLength(1)),
  /** Of a picture: width × height, its longer side, its shorter side. Turned on its side it is the same picture. */
  max_pixels: v.optional(Positive),
  max_edge: v.optional(Positive),
  min_edge: v.optional(Positive),
});
export type Limits = v.InferOutput<typeof Limits>;

/** What is done to pictures on the device, before the limits are applied. */
export const Transforms = v.object({
  /** Location, camera, comments, thumbnails go; pixels, colours and orientation stay as they are. */
  remove_metadata: v.optional(v.boolean()),
  /** A longer side than this is made as long, in pixels. */
  max_edge: v.optional(Positive),
  /** A picture that this cannot be done to is refused. */
  required: v.optional(v.boolean()),
});
export type Transforms = v.InferOutput<typeof Transforms>;

/** A template as it stands in demo/registry/templates/*.json: everything risky about an app, decided once. */
export const Template = v.object({
  id: v.string(),
  version: v.pipe(v.number(), v.integer()),
  name: v.string(),
  sensitivity: v.picklist(['public', 'internal', 'confidential', 'regulated']),
  limits: Limits,
  transforms: v.optional(Transforms),
  /** What a person is asked before the first upload; `start: auto` then waits for "Upload". */
  purposes: v.optional(Purposes),
  retention_days: v.pipe(v.number(), v.integer(), v.minValue(1)),
  region: v.object({ id: v.string(), label: Words }),
  start: v.picklist(['button', 'auto']),
  sign_in: v.picklist(['at_upload', 'first']),
  scopes: v.array(v.picklist(SCOPES)),
  /** Seconds from the sign-in to "Sign in again", however often tokens were renewed. */
  session_s: v.pipe(v.number(), v.integer(), v.minValue(300), v.maxValue(3600)),
  /** How a person must have signed in for a scope (RFC 9470): in which way, and how many seconds ago at most. */
  step_up: v.optional(
    v.partial(
      v.object(
        v.entriesFromList(
          SCOPES,
          v.object({
            acr: v.optional(AcrValue),
            max_age: v.optional(v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(86_400))),
          }),
        ),
      ),
    ),
  ),
  /** An app may let in people without an account, by a mail code: what they get, and what they are told first. */
  guests: v.optional(v.object({ scopes: v.array(v.picklist(SCOPES)), notice: v.optional(Words) })),
  context_keys: v.array(v.string()),
  folders: v.boolean(),
  scan: v.boolean(),
  /** Seconds that a grant for one request lives. */
  grant_s: v.pipe(v.number(), v.integer(), v.minValue(30), v.maxValue(300)),
  /** Seconds that a single-PUT upload may stay open before its reservation is swept. */
  upload_s: v.pipe(v.number(), v.integer()),
  /** Seconds that an upload in parts may stay open: it may go on another day. */
  multipart_s: v.pipe(v.number(), v.integer()),
  quota: v.object({ app_bytes: Bytes, person_bytes: Bytes }),
  links: v.nullable(
    v.object({
      max_days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366)),
      default_days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366)),
      external: v.boolean(),
      /** How many pages may fetch the files of one link, at most; one where absent. */
      max_claims: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
      /** How a recipient proves who they are: a mail code, an account, or either; either where absent. */
      proofs: v.optional(v.pipe(v.array(v.picklist(['code', 'provider'])), v.minLength(1))),
      /** Seconds that the files can be fetched from the first claim on, once more on request. */
      delivery_window_s: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(86_400)),
      /** How long the sender's organisation keeps the recipient's address and answer, in months. */
      record_months: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(360)),
      /** On what ground the record of the recipient is kept (GDPR article 6). */
      legal_basis: v.optional(v.picklist(LEGAL_BASES), 'consent'),
      /** Who else gets what is kept about a recipient, by name. */
      shared_with: v.optional(v.array(v.string()), []),
      /** What a recipient is asked beside the answer itself. */
      purposes: v.optional(Purposes),
      /** Days from a withdrawal until what is kept about the recipient is gone. */
      erase_days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(90)), 30),
      /** A withdrawal deletes the files too, but for those that another open link or receipt still needs. */
      withdraw_deletes_files: v.optional(v.boolean(), false),
      /** Days that the access log is kept, and whether it keeps shortened network addresses. */
      log_days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(730)), 90),
      log_networks: v.optional(v.boolean(), false),
    }),
  ),
});
export type Template = v.InferOutput<typeof Template>;
