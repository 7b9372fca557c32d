import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Problem, problemBody } from '../../demo/base/problem.ts';
import { cors } from '../../demo/broker/cors.ts';
import { fileRoutes } from '../../demo/broker/routes/files.ts';
import { linkRoutes } from '../../demo/broker/routes/links.ts';
import { uploadRoutes } from '../../demo/broker/routes/uploads.ts';
import type { Env } from '../../demo/context/env.ts';
import { createIssuer } from '../../demo/identity/live-issuer.ts';
import type { ServiceClient } from '../../demo/registry/service-client.ts';
import type { Scope } from '../../src/contract/index.ts';
import { TestClock, type TestDeps, type TestOptions, testDeps } from './broker.ts';
import { PageKey, type Who } from './page-key.ts';
import { TestTag } from './sign-in.ts';

export interface IssuerRig {
  readonly deps: TestDeps;
  readonly url: string;
  /** Somebody's key, and a token for it as after a sign-in. */
  holder(who?: Who): Promise<{ tag: TestTag; token: string }>;
  close(): Promise<void>;
}

/** Issuer and API of one process on a port of its own, without anybody to sign in at: tokens are signed as it signs them. */
export async function startIssuer(options: Omit<TestOptions, 'publicUrl'> = {}): Promise<IssuerRig> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = options.clock ?? new TestClock();
  clock.pass(Math.floor((Date.now() - clock.now()) / 1000)); // oidc-provider has no other clock than the machine's.
  const deps = await testDeps({ ...options, clock, publicUrl: url });
  const issuer = createIssuer(deps);
  const api = new Hono<Env>();
  api.use('/v1/*', cors(deps));
  for (const routes of [uploadRoutes, fileRoutes, linkRoutes]) api.route('/', routes(deps));
  api.onError((error, c) => {
    const problem = problemBody(error instanceof Problem ? error.code : 'internal');
    return c.json(problem, problem.status as 400, error instanceof Problem ? { ...error.headers } : {});
  });
  const answer = getRequestListener(api.fetch);
  server.on('request', (request, response) =>
    request.url?.startsWith('/oidc/') ? issuer.serve(request, response) : answer(request, response),
  );
  const signer = await PageKey.make();
  return {
    deps,
    url,
    async holder(who = {}) {
      const tag = await TestTag.make(url);
      return { tag, token: await signer.tokenFor(deps, { ...who, claims: { cnf: { jkt: tag.jkt }, ...who.claims } }) };
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await deps.close();
    },
  };
}

/** An automation: the key it is registered with, and the one of its proofs. */
export class TestService {
  readonly id: string;
  readonly #key: CryptoKey;
  readonly record: ServiceClient;

  private constructor(id: string, key: CryptoKey, record: ServiceClient) {
    this.id = id;
    this.#key = key;
    this.record = record;
  }

  static async make(id: string, scopes: Scope[]): Promise<TestService> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const { x = '', y = '' } = await exportJWK(publicKey);
    const key = { kty: 'EC' as const, crv: 'P-256' as const, x, y, kid: `${id}-1` };
    return new TestService(id, privateKey, { id, app: id.split('.')[0] ?? '', scopes, jwks: { keys: [key] } });
  }

  /** What it authenticates with (RFC 7523 section 2.2); `claims` change the assertion. */
  async authentication(issuer: string, claims: Record<string, unknown> = {}): Promise<Record<string, string>> {
    const now = Math.floor(Date.now() / 1000);
    const assertion = await new SignJWT({
      iss: this.id,
      sub: this.id,
      aud: issuer,
      jti: crypto.randomUUID(),
      iat: now,
      exp: now + 60,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: `${this.id}-1` })
      .sign(this.#key);
    return {
      client_id: this.id,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    };
  }
}
