import type { SignInTransaction } from '../../src/contract/index.ts';
import { type RegisteredApp, scopesOf } from '../registry/registry.ts';
import { audienceOf, issuerOf } from './access-token.ts';
import type { Issuer } from './live-issuer.ts';
import type { IdentityDeps } from './ports.ts';
import { pushRequest } from './pushed-request.ts';

/**
 * What a sign-in that was typed as a code, or begun in a sandbox, may get: nobody can say for sure which page it serves, so
 * it sends files in and sees none.
 */
const LIMITED: readonly string[] = ['uploads:create'];

/** Where the browser goes on to, for a sign-in that is written down. */
export async function authorizeAddress(
  { config: { publicUrl, times } }: IdentityDeps,
  issuer: Issuer,
  app: RegisteredApp,
  asked: SignInTransaction,
  { isLimited = false } = {},
): Promise<string> {
  const scopes = scopesOf(app).filter((scope) => !isLimited || LIMITED.includes(scope));
  const request = {
    client_id: app.record.id,
    response_type: 'code',
    redirect_uri: `${publicUrl}/sign-in/callback`,
    scope: ['openid', 'profile', ...scopes].join(' '),
    resource: audienceOf(publicUrl),
    code_challenge: asked.challenge,
    code_challenge_method: 'S256',
    nonce: asked.nonce,
    state: asked.state,
    dpop_jkt: asked.jkt,
    // The organisation's provider says who is there, every time; a session of ours never answers for it.
    prompt: 'login',
    ...(asked.acr_values !== undefined && { acr_values: asked.acr_values }),
    ...(asked.max_age !== undefined && { max_age: String(asked.max_age) }),
  };
  const authorize = new URL(`${issuerOf(publicUrl)}/auth`);
  authorize.search = new URLSearchParams({
    client_id: app.record.id,
    request_uri: await pushRequest(await issuer.current(), request, times.signIn),
  }).toString();
  return authorize.href;
}
