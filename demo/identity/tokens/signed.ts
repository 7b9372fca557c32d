import { IncomingMessage } from 'node:http';
import type { AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import { verifyAccessToken } from '../access-token.ts';
import type { IdentityDeps } from '../ports.ts';
import { isEnded } from './revocations.ts';

/**
 * Our access tokens are signed and stand in no table, and oidc-provider refuses such tokens at its introspection and
 * revocation. So they come to its adapter as an id: the token with its two dots written as `~`, which no id of its own
 * has. Who asks, and whether they may, stays its business.
 */
/** Bytes: what oidc-provider itself reads. */
export const MAX_BODY = 56 * 1024;

/** Koa middleware: rewrites `token` on the way to the two endpoints. */
export async function idOfSignedToken(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  if (ctx.method === 'POST' && /^\/token\/(introspection|revocation)$/.test(ctx.path)) await rewrite(ctx);
  await next();
}

async function rewrite(ctx: KoaContextWithOIDC): Promise<void> {
  const pieces: Buffer[] = [];
  let size = 0;
  // Ending the loop early must not end the connection: an answer comes.
  for await (const piece of ctx.req.iterator({ destroyOnReturn: false })) {
    size += piece.length;
    if (size > MAX_BODY) break;
    pieces.push(piece);
  }
  const form = new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
  const [token, ...others] = form.getAll('token');
  const isSigned = token !== undefined && others.length === 0 && token.includes('.');
  if (isSigned) form.set('token', token.replaceAll('.', '~'));
  const body = isSigned ? Buffer.from(form.toString()) : Buffer.concat(pieces);
  const { method, url, headers } = ctx.req;
  // Complete, or its end would be taken for that of the connection.
  const again = Object.assign(new IncomingMessage(ctx.req.socket), { method, url, complete: true });
  again.headers = { ...headers, 'content-length': String(size > MAX_BODY ? size : body.length) };
  again.push(body);
  again.push(null);
  ctx.req = again;
  ctx.request.req = again;
}

/** What the adapter answers for such an id: the token as a record of its kind; undefined where it is none of ours or over. */
export async function findSigned(deps: IdentityDeps, model: string, id: string): Promise<AdapterPayload | undefined> {
  const token = await verifyAccessToken(deps, id.replaceAll('~', '.')).catch(() => undefined);
  if (!token || (await isEnded(deps, token))) return undefined;
  const isOfClient = token.sub === token.client_id;
  if (model !== (isOfClient ? 'ClientCredentials' : 'AccessToken')) return undefined;
  const { client_id, sub, iat, exp, jti, scope, aud, cnf, sid, act, within } = token;
  return {
    ...{ kind: model, jti, iat, exp, scope, aud, clientId: client_id, jkt: cnf.jkt, format: 'opaque' },
    // To end an exchanged token is to end it alone: it may be in less trusted hands than the sign-in it comes from.
    ...(!isOfClient && { accountId: sub, ...(sid !== undefined && act === undefined && { grantId: sid }) }),
    extra: { ...(act && { act }), ...(within && { within }) },
  } as AdapterPayload;
}

export const isSignedId = (id: string): boolean => id.includes('~');
