import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { Problem, problemBody } from '../base/problem.ts';
import { appOf } from './call-limits.ts';
import { configureIssuer } from './issuer.ts';
import type { IdentityDeps } from './ports.ts';
import { MAX_BODY } from './tokens/signed.ts';

/** The issuer as it is now. */
export interface Issuer {
  current(): Promise<Provider>;
  /** Node's listener for everything under /oidc. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** As the broker's own calls say it; a registered page can read it. */
function refuse(
  { registry }: IdentityDeps,
  response: ServerResponse,
  origin: string | undefined,
  { code, headers }: Problem,
): void {
  const isOurs = origin !== undefined && registry.all().some(({ record }) => record.origins.includes(origin));
  const body = problemBody(code);
  response.writeHead(body.status, {
    'Content-Type': 'application/problem+json',
    ...headers,
    ...(isOurs && { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' }),
  });
  response.end(JSON.stringify(body));
}

/**
 * oidc-provider takes its keys when it is made, so another one is made whenever they change, a few times
 * a year. All its state is in the database; what the old one began the new one ends.
 */
export function createIssuer(deps: IdentityDeps): Issuer {
  const ring = deps.keys.issuer;
  const make = () => {
    const provider = configureIssuer(deps);
    return { provider, answer: provider.callback(), kids: kidsOf() };
  };
  const kidsOf = () => ring.published.map(({ kid }) => kid).join();
  let made = make();
  const fresh = async () => {
    await ring.refresh();
    if (made.kids !== kidsOf()) made = make();
    return made;
  };

  // It builds its addresses from `originalUrl` and from the headers of a proxy: here both say what is configured, so that
  // no Host header names another place and a proxy that ends TLS needs no settings.
  const { host, protocol } = new URL(deps.config.publicUrl);
  const configured = { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) };
  return {
    current: async () => (await fresh()).provider,
    async serve(request, response) {
      const address = new URL(request.url ?? '/', deps.config.publicUrl);
      const { origin } = request.headers;
      const seconds = deps.limits.waitFor(request, appOf(address, origin));
      // oidc-provider stops reading a body that is too long, and the next request of the connection would wait for ever.
      response.once('finish', () => request.resume());
      if (seconds > 0) {
        const slow = new Problem('slow_down', { headers: { 'Retry-After': String(seconds) } });
        return refuse(deps, response, origin, slow);
      }
      const isLarge = Number(request.headers['content-length'] ?? 0) > MAX_BODY;
      if (isLarge) return refuse(deps, response, origin, new Problem('body_large'));
      Object.assign(request.headers, configured);
      Object.assign(request, { originalUrl: request.url, url: request.url?.slice('/oidc'.length) });
      try {
        await (await fresh()).answer(request, response);
      } catch (error) {
        deps.log('error', 'issuer.failed', { reason: error instanceof Error ? error.name : 'unknown' });
        if (!response.headersSent) response.writeHead(503, { 'Retry-After': '5' });
        response.end();
      }
    },
  };
}
