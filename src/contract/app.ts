import * as v from 'valibot';
import { Purposes } from './agreements.ts';
import { Limits, Transforms } from './template.ts';
import { AppId, PROTOCOL, Words } from './values.ts';

/** `GET /v1/apps/{app}`: what the element must know before anyone has signed in. Public; holds no secret. */
export const AppDocument = v.object({
  protocol: v.literal(PROTOCOL),
  app: AppId,
  org: v.object({ name: v.string(), contact: v.string(), help_url: v.optional(v.string()) }),
  heading: v.optional(Words),
  purpose: Words,
  mode: v.picklist(['test', 'live', 'paused', 'closed']),
  /** When a paused or closed app changed. */
  mode_since: v.optional(v.string()),
  template: v.object({ id: v.string(), version: v.number(), sha256: v.string() }),
  limits: Limits,
  transforms: v.optional(Transforms),
  /** What a person is asked before the first upload. */
  purposes: v.optional(Purposes),
  retention_days: v.number(),
  region: v.object({ id: v.string(), label: Words }),
  start: v.picklist(['button', 'auto']),
  sign_in: v.picklist(['at_upload', 'first']),
  /** Whether a person may sign in on another page with a code, where no window can open. */
  sign_in_codes: v.optional(v.boolean()),
  providers: v.array(v.object({ id: v.string(), name: v.string() })),
  /** People without an account may come in too, by a mail code. */
  guests: v.optional(v.boolean()),
  /** The issuer of the tokens this app uses (RFC 8414) and the one audience they are made for (RFC 8707). */
  issuer: v.string(),
  audience: v.string(),
  /** All scopes an account of this app may get, besides `openid`. */
  scopes: v.array(v.string()),
  context_keys: v.array(v.string()),
  folders: v.boolean(),
  scan: v.boolean(),
  links: v.nullable(
    v.object({
      max_days: v.number(),
      default_days: v.number(),
      external: v.boolean(),
      /** One where absent. */
      max_claims: v.optional(v.number()),
    }),
  ),
  delivery_window_s: v.number(),
  /** Origin of the storage, for the page's content security policy. */
  storage_origin: v.string(),
  /** How many requests to the storage serve best at a time; HTTP1_REQUESTS (plan.ts) where absent. */
  storage_requests: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  appearance: v.optional(
    v.partial(
      v.object({
        accent: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)),
        roundness: v.pipe(v.number(), v.minValue(0), v.maxValue(2)),
        scheme: v.picklist(['light', 'dark', 'page']),
      }),
    ),
  ),
  /** Versions of the script that no longer work. */
  retired_scripts: v.array(v.string()),
  /** A first nonce, so that the first call with a proof needs no second round trip. */
  dpop_nonce: v.string(),
});
export type AppDocument = v.InferOutput<typeof AppDocument>;
