import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { JWK } from 'jose';
import Provider, { interactionPolicy } from 'oidc-provider';
import { ACCOUNTS, accountOf, SECOND_STEP, TWO_STEPS } from './accounts.ts';
import { loginPage } from './login-page.ts';

/** The broker, which proves itself with a secret or with a key (OpenID Connect Core section 9). */
export type ProviderClient = { readonly id: string } & ({ readonly secret: string } | { readonly publicKey: JWK });

/**
 * Plays the organisation's OpenID provider: accounts of two organisations, one confidential client (the broker), a
 * plain login page and nothing between it and the way back. For development only; it keeps everything in memory.
 */
export function startProvider(
  server: Server,
  options: { url: string; redirectUri: string; client: ProviderClient },
): void {
  const policy = interactionPolicy.base();
  // Whoever is asked for another account gets the login page, although somebody is signed in.
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  // A strength that is asked for is asked of the person, whoever is signed in (its standard calls `acr_values` a wish only).
  const { Check } = interactionPolicy;
  const isWeak = new Check('strength_asked', 'a second step is asked for', 'login_required', ({ oidc }) =>
    asksForTwoSteps(oidc.params ?? {}) && oidc.acr !== TWO_STEPS ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
  );
  policy.get('login')?.checks.add(isWeak);
  const provider = new Provider(options.url, {
    clients: [
      {
        client_id: options.client.id,
        ...proofOf(options.client),
        redirect_uris: [options.redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: 'org_session', interaction: 'org_interaction', resume: 'org_resume' },
    },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    acrValues: [TWO_STEPS],
    pkce: { required: () => true },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 60, IdToken: 300, AuthorizationCode: 60 },
    findAccount: async (_ctx, id) => {
      const account = ACCOUNTS.find(({ username }) => username === id);
      if (!account) return undefined;
      const { username: sub, name, email } = account;
      return { accountId: id, claims: async () => ({ sub, name, email, email_verified: true }) };
    },
    async loadExistingGrant(ctx) {
      const { client, session, provider: issuer } = ctx.oidc;
      const grant = new issuer.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    interactions: { policy, url: (_ctx, interaction) => `/login/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const uid = /^\/login\/([\w-]+)$/.exec(request.url ?? '')?.[1];
    if (!uid) return answer(request, response);
    return logIn(provider, request, response).catch(() => {
      response
        .writeHead(400, { 'content-type': 'text/plain' })
        .end('This login has ended. Close the window and try again.');
    });
  });
}

function proofOf(client: ProviderClient) {
  if ('secret' in client)
    return { client_secret: client.secret, token_endpoint_auth_method: 'client_secret_basic' as const };
  const { alg = 'ES256' } = client.publicKey;
  return {
    token_endpoint_auth_method: 'private_key_jwt' as const,
    token_endpoint_auth_signing_alg: alg as 'ES256',
    jwks: { keys: [client.publicKey as never] },
  };
}

async function logIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const isStrong = asksForTwoSteps(params);
  const typed = request.method === 'POST' ? await readForm(request) : null;
  const account = typed && accountOf(typed.get('username') ?? '', typed.get('password') ?? '');
  const isProven = !isStrong || typed?.get('code')?.trim() === SECOND_STEP;
  if (!account || !isProven) return loginPage(response, { isRetry: typed !== null, isStrong });
  const login = { accountId: account.username, ...(isStrong && { acr: TWO_STEPS }) };
  await provider.interactionFinished(request, response, { login, select_account: {} });
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 4096) break;
  }
  return new URLSearchParams(text);
}

const asksForTwoSteps = ({ acr_values: asked }: Readonly<Record<string, unknown>>): boolean =>
  typeof asked === 'string' && asked.split(' ').includes(TWO_STEPS);
