import { Hono } from 'hono';
import type { AppDocument } from '../../../src/contract/index.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { audienceOf, issuerOf } from '../../identity/access-token.ts';
import { refuseForeignPage } from '../../identity/require-token.ts';
import type { RegisteredApp } from '../../registry/registry.ts';

/** What the element must know before anyone has signed in. A foreign page gets a problem that it can read. */
export function appRoutes(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/v1/apps/:app', (c) => {
    const app = deps.registry.app(c.req.param('app'));
    refuseForeignPage(deps, app, c.req.header('origin'));
    return c.json(appDocument(deps, app));
  });
}

function appDocument(deps: Deps, { record, template, templateSha256 }: RegisteredApp): AppDocument {
  const { publicUrl, providers } = deps.config;
  const { address: _postal, ...org } = record.org;
  return {
    protocol: 1,
    app: record.id,
    org,
    ...(record.heading && { heading: record.heading }),
    purpose: record.purpose,
    mode: record.mode,
    ...(record.mode_since && { mode_since: record.mode_since }),
    template: { id: template.id, version: template.version, sha256: templateSha256 },
    limits: template.limits,
    ...(template.transforms && { transforms: template.transforms }),
    ...(template.purposes && { purposes: template.purposes }),
    retention_days: template.retention_days,
    region: template.region,
    start: template.start,
    sign_in: template.sign_in,
    ...(record.codes && { sign_in_codes: true }),
    ...(record.guests && template.guests && { guests: true }),
    providers: providers.filter(({ id }) => record.providers.includes(id)).map(({ id, name }) => ({ id, name })),
    issuer: issuerOf(publicUrl),
    audience: audienceOf(publicUrl),
    scopes: template.scopes,
    context_keys: template.context_keys,
    folders: template.folders,
    scan: template.scan,
    links: template.links && {
      max_days: template.links.max_days,
      default_days: template.links.default_days,
      external: template.links.external,
      ...(template.links.max_claims !== undefined && { max_claims: template.links.max_claims }),
    },
    delivery_window_s: template.links?.delivery_window_s ?? 0,
    storage_origin: deps.storage.origin,
    storage_requests: deps.storage.requests,
    ...(record.appearance && { appearance: record.appearance }),
    retired_scripts: [],
    dpop_nonce: deps.proofs.nonce(),
  };
}
