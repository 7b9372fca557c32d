import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { AppId, Email, Template, Words } from '../../src/contract/index.ts';
import type { BucketConfig } from '../bucket/s3.ts';

/** An app as the operator registers it. The template decides what is risky; this says whose it is and where it stands. */
export const AppRecord = v.object({
  id: AppId,
  tenant: v.string(),
  template: v.string(),
  org: v.object({ name: v.string(), contact: v.string(), help_url: v.optional(v.string()), address: v.string() }),
  heading: v.optional(Words),
  purpose: Words,
  mode: v.picklist(['test', 'live', 'paused', 'closed']),
  mode_since: v.optional(v.string()),
  /** Exact origins of the pages that may hold the tag. */
  origins: v.array(v.string()),
  /** Ids of the providers whose people may sign in. */
  providers: v.pipe(v.array(v.string()), v.minLength(1)),
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

/** An OpenID provider of an organisation, registered once by the operator. */
export interface ProviderRecord {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Mail domains for which its `email` claim counts. */
  readonly domains: readonly string[];
}

export interface Config {
  /** Where the broker is reached, without a slash at the end. Origin of issuer, audience, pages. */
  readonly publicUrl: string;
  /** PostgreSQL; PGlite in `dataDir` where absent. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly s3: BucketConfig;
  readonly smtp: { readonly url: string; readonly from: string };
  readonly apps: readonly AppRecord[];
  readonly providers: readonly ProviderRecord[];
  readonly times: Times;
}

/** Every life that a test wants to see end. Seconds. */
export interface Times {
  readonly accessToken: number;
  readonly refreshToken: number;
  readonly signIn: number;
  readonly collectPoll: number;
  readonly proofSkew: number;
  readonly sweepEvery: number;
  readonly downloadUrl: number;
  readonly recipientToken: number;
  readonly code: number;
  readonly codePause: number;
  readonly idempotency: number;
  /** Where set, takes the place of every template's `upload_s` and `multipart_s`, and of its `grant_s`. */
  readonly upload: number | null;
  readonly grant: number | null;
}

export const TIMES: Times = {
  accessToken: 300,
  refreshToken: 3600,
  signIn: 600,
  collectPoll: 20,
  proofSkew: 300,
  sweepEvery: 60,
  downloadUrl: 60,
  recipientToken: 600,
  code: 600,
  codePause: 3600,
  idempotency: 86_400,
  upload: null,
  grant: null,
};

const TEMPLATES = ['team-photo-share', 'case-files', 'photo-release'] as const;

/** Reads and checks the templates beside this file. A template that does not fit its schema stops the start. */
export function readTemplates(): ReadonlyMap<string, Template> {
  return new Map(
    TEMPLATES.map((id) => {
      const text = readFileSync(new URL(`./templates/${id}.json`, import.meta.url), 'utf8');
      const template = v.parse(Template, JSON.parse(text));
      if (template.id !== id) throw new Error(`templates/${id}.json names itself ${template.id}`);
      return [id, template];
    }),
  );
}
