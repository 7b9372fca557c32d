import { UnsecuredJWT } from 'jose';
import type Provider from 'oidc-provider';

/**
 * The start of a sign-in in RFC 9126's form: what is asked for stays here, and the browser carries a reference to it that
 * works once. The start page's own request is the only way to push one (`closeToOthers`): whoever writes an authorize
 * address by hand, and whoever sends one to somebody else, is refused before anybody is asked for a password.
 */
export async function pushRequest(
  provider: Provider,
  params: Readonly<Record<string, string>> & { readonly client_id: string; readonly dpop_jkt: string },
  seconds: number,
): Promise<string> {
  const request = new UnsecuredJWT({ ...params })
    .setIssuer(params.client_id)
    .setAudience(provider.issuer)
    .setIssuedAt()
    .setExpirationTime(`${seconds}s`)
    .encode();
  const pushed = new provider.PushedAuthorizationRequest({ request, dpopJkt: params.dpop_jkt });
  return `urn:ietf:params:oauth:request_uri:${await pushed.save(seconds)}`;
}

/** Takes the endpoint for pushing away, from the metadata too: it would let anybody push, as the clients have no secret. */
export function closeToOthers(provider: Provider): void {
  provider.use(async (ctx, next) => {
    if (ctx.path === '/request') return; // Koa answers 404.
    await next();
    if (ctx.path.startsWith('/.well-known/')) {
      const { pushed_authorization_request_endpoint: _closed, ...metadata } = ctx.body as Record<string, unknown>;
      ctx.body = metadata;
    }
  });
}
