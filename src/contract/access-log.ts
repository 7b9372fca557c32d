import * as v from 'valibot';
import { Time } from './values.ts';

/** What was done with a link, in the order of its life. Looks are told to owners and to the recipient, never to the sender. */
export const LOOKS = ['opened', 'code_sent', 'proven'] as const;
export const ACTS = ['accepted', 'declined', 'withdrawn', 'downloaded', 'locked'] as const;

export const AccessEntry = v.object({
  at: Time,
  act: v.picklist([...LOOKS, ...ACTS]),
  /** Shortened: the first 24 bits of an IPv4 address, the first 48 of an IPv6 address. */
  network: v.optional(v.string()),
});
export type AccessEntry = v.InferOutput<typeof AccessEntry>;

/**
 * `GET /v1/links/{id}/log` (acts for the sender; with `links:read:app` everything, of every link of the app) and
 * `POST /v1/recipient/log` (the recipient's own). Oldest first.
 */
export const AccessLog = v.object({ entries: v.array(AccessEntry), kept_days: v.number() });
export type AccessLog = v.InferOutput<typeof AccessLog>;
