import * as v from 'valibot';
import { AppId, Email, Words } from '../../src/contract/index.ts';

/** An app as the operator registers it. The template decides what is risky; this says whose it is and where it stands. */
export const AppRecord = v.object({
  id: AppId,
  tenant: v.string(),
  template: v.string(),
  org: v.object({
    name: v.string(),
    contact: v.string(),
    help_url: v.optional(v.string()),
    address: v.string(),
    /** Of its people, for the mails that they get; English where absent. */
    language: v.optional(v.picklist(['en', 'de', 'ar'])),
    /** Where it is answerable: a country (ISO 3166) or "EU". The region of the template where absent. */
    jurisdiction: v.optional(v.string()),
    /** To whom people may complain; without it they are told of the one where they live. */
    authority: v.optional(v.object({ name: v.string(), url: v.optional(v.pipe(v.string(), v.url())) })),
  }),
  heading: v.optional(Words),
  purpose: Words,
  mode: v.picklist(['test', 'live', 'paused', 'closed']),
  mode_since: v.optional(v.string()),
  /** Exact origins of the pages that may hold the tag; `null` lets in every sandboxed frame there is. */
  origins: v.array(v.string()),
  /** Recipients may answer inside these pages too, not only on the broker's own: pages may hide what is pressed. */
  embeds_recipients: v.optional(v.boolean()),
  /** Ids of the providers whose people may sign in, in the order in which they are offered. */
  providers: v.pipe(v.array(v.string()), v.minLength(1)),
  /** Ids of the providers with which recipients of links may prove their address; those of the app where absent. */
  recipient_providers: v.optional(v.array(v.string())),
  /** Lets in people without an account, where the template allows it. */
  guests: v.optional(v.boolean()),
  /** Lets people sign in with a code that they type on another page, for pages where no window can open. */
  codes: v.optional(v.boolean()),
  /** Verified addresses of these domains may upload. */
  domains: v.array(v.string()),
  /** Addresses of the people who also see what came in (`files:read:app`). */
  owners: v.array(Email),
  appearance: v.optional(
    v.object({
      accent: v.optional(v.string()),
      roundness: v.optional(v.number()),
      scheme: v.optional(v.picklist(['light', 'dark', 'page'])),
    }),
  ),
});
export type AppRecord = v.InferOutput<typeof AppRecord>;
