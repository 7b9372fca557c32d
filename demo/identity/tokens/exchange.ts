import type Provider from 'oidc-provider';
import { errors, type TokenEndpointGrantContext } from 'oidc-provider';
import { record } from '../../audit/index.ts';
import { Problem } from '../../base/problem.ts';
import { type AccessToken, audienceOf, issuerOf, verifyAccessToken } from '../access-token.ts';
import type { IdentityDeps } from '../ports.ts';
import { resourceFor, TOKEN_EXCHANGE } from './clients.ts';
import { type Held, NotNarrower, narrow } from './narrow.ts';
import { standingOf } from './revocations.ts';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

interface Asked {
  readonly subject_token?: string;
  readonly subject_token_type?: string;
  readonly requested_token_type?: string;
  readonly actor_token?: string;
  readonly audience?: string;
  readonly prefix?: string;
  readonly lifetime?: string;
}
type Ctx = TokenEndpointGrantContext<Asked>;

const PARAMETERS = [
  'scope',
  'resource',
  ...['subject_token', 'subject_token_type', 'requested_token_type'],
  ...['actor_token', 'actor_token_type', 'audience', 'prefix', 'lifetime'],
];

/**
 * RFC 8693: a token of ours for a narrower one, for the same key, at the same client. oidc-provider gives a grant of our
 * own neither the check of a proof nor that of a token: both are those of the API.
 */
export function registerExchange(deps: IdentityDeps, provider: Provider): void {
  provider.registerGrantType<Asked>(TOKEN_EXCHANGE, (ctx) => exchange(deps, ctx), PARAMETERS);
}

async function exchange(deps: IdentityDeps, ctx: Ctx): Promise<void> {
  const { client, params, provider } = ctx.oidc;
  refuseOtherKinds(deps, params);
  const jkt = await proofOf(deps, ctx);
  const subject = await subjectOf(deps, params.subject_token ?? '', client.clientId, jkt);
  const now = Math.floor(deps.now() / 1000);
  const { exchangeShortest: shortest, exchangeLongest: longest } = deps.config.times;
  const held = { ...subject, within: subject.within ?? null };
  const made = asked(() => narrow(held, params, client.clientId, { shortest, longest }, now));
  const resource = await resourceFor(deps, client, made.exp - now);
  const seconds = Math.min(made.exp - now, resource.accessTokenTTL);
  if (seconds < 1) throw new errors.InvalidRequest('the subject token is over');

  const facts = { client, scope: made.scope, exp: now + seconds, extra: claimsFrom(subject, made) };
  const isOfClient = subject.sub === client.clientId;
  const token = isOfClient
    ? new provider.ClientCredentials(facts)
    : new provider.AccessToken({ ...facts, accountId: subject.sub, grantId: subject.sid ?? '', gty: 'token_exchange' });
  token.resourceServer = new provider.ResourceServer(resource.audience, resource);
  token.setThumbprint('jkt', jkt);
  const value = await token.save();
  await note(deps, subject, token.jti, { seconds, scopes: made.scope, is_limited: made.within !== null });
  ctx.body = {
    access_token: value,
    issued_token_type: ACCESS_TOKEN,
    token_type: 'DPoP',
    expires_in: seconds,
    scope: made.scope,
  };
}

/** What goes on from token to token, and what this exchange adds. */
function claimsFrom({ sid, acr, auth_time }: AccessToken, { within, act }: Held) {
  return {
    ...(sid !== undefined && { sid }),
    ...(acr !== undefined && { acr }),
    ...(auth_time !== undefined && { auth_time }),
    ...(within && { within }),
    act,
  };
}

/** Access tokens for access tokens, at our API: nothing else is exchanged here, and nobody acts with a second token. */
function refuseOtherKinds({ config }: IdentityDeps, params: Ctx['oidc']['params']): void {
  if (!params.subject_token || params.subject_token_type !== ACCESS_TOKEN) {
    throw new errors.InvalidRequest('subject_token must be an access token, and subject_token_type say so');
  }
  if ((params.requested_token_type ?? ACCESS_TOKEN) !== ACCESS_TOKEN) {
    throw new errors.InvalidRequest('requested_token_type can only be an access token');
  }
  if (params.actor_token) throw new errors.InvalidRequest('actor_token is not supported');
  const ours = audienceOf(config.publicUrl);
  if ((params.audience ?? ours) !== ours || (params.resource ?? ours) !== ours) throw new errors.InvalidTarget();
}

async function proofOf(deps: IdentityDeps, ctx: Ctx): Promise<string> {
  try {
    return await deps.proofs.check({
      header: ctx.get('DPoP'),
      method: 'POST',
      url: `${issuerOf(deps.config.publicUrl)}/token`,
    });
  } catch (error) {
    ctx.set('DPoP-Nonce', deps.proofs.nonce());
    if (error instanceof Problem && error.code === 'proof_nonce') throw new errors.UseDpopNonce('use the nonce given');
    throw new errors.InvalidDpopProof('the proof does not fit');
  }
}

/** Verified, not ended, of this client, bound to the key that asks. RFC 8693 section 2.2.2: invalid_request if not. */
async function subjectOf(deps: IdentityDeps, token: string, client: string, jkt: string): Promise<AccessToken> {
  const refused = () => new errors.InvalidRequest('the subject token cannot be exchanged');
  const subject = await verifyAccessToken(deps, token).catch(() => {
    throw refused();
  });
  const isTheirs = subject.client_id === client && subject.cnf.jkt === jkt;
  if (!isTheirs || (await standingOf(deps, subject)).isEnded) throw refused();
  return subject;
}

function asked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof NotNarrower)) throw error;
    if (error.error === 'invalid_scope') throw new errors.InvalidScope(error.message, '');
    throw new errors.InvalidRequest(error.message);
  }
}

async function note(
  deps: IdentityDeps,
  subject: AccessToken,
  id: string,
  facts: Record<string, string | number | boolean>,
) {
  const app = deps.registry.ofClient(subject.client_id);
  if (!app) return;
  const { tenant, id: name } = app.record;
  const actor = subject.sub === subject.client_id ? `client:${subject.sub}` : `person:${subject.sub}`;
  const act = { tenant, app: name, actor, act: 'token.exchanged', subject: id, facts };
  await deps.db.transaction((tx) => record(tx, new Date(deps.now()), act));
}
