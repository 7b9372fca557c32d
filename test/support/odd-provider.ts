import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { base64url, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

type Claims = Record<string, unknown>;

/** What it does otherwise than a provider should. Everything that is not named is right. */
export interface Oddity {
  readonly metadata?: (right: Claims) => Claims;
  readonly claims?: (right: Claims) => Claims;
  readonly header?: (right: Claims) => Claims;
  /** The whole ID token. */
  readonly idToken?: (claims: Claims, header: Claims) => string | Promise<string>;
  /** The body of the token endpoint. */
  readonly tokens?: (right: Claims) => Claims;
  /** The parameters that the browser brings back. */
  readonly callback?: (right: URLSearchParams) => URLSearchParams;
  readonly keys?: (right: JWK[]) => JWK[];
  readonly userinfo?: (right: Claims) => Claims;
  /** Answers an endpoint in its own way. */
  readonly answers?: Readonly<Record<string, (response: ServerResponse) => void>>;
}

/** A provider that signs everyone in at once, and misbehaves as it is told. Its issuer is where it listens. */
export class OddProvider {
  oddity: Oddity = {};
  /** Paths asked for, in order. */
  readonly asked: string[] = [];
  readonly #server: Server;
  #key!: CryptoKey;
  #jwk!: JWK;
  #nonce = '';

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<OddProvider> {
    const server = createServer();
    const odd = new OddProvider(server);
    await odd.turnKey('first');
    server.on('request', (request, response) => {
      odd.#answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return odd;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get publicJwk(): JWK {
    return this.#jwk;
  }

  sign(claims: Claims, header: Claims): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ ...header, alg: 'RS256' }).sign(this.#key);
  }

  async turnKey(kid: string): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    this.#key = privateKey;
    this.#jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    this.asked.push(url.pathname);
    const own = this.oddity.answers?.[url.pathname];
    if (own) return own(response);
    const same = <T>(right: T): T => right;
    const json = (body: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return void json((this.oddity.metadata ?? same)(this.#metadata()));
      case '/auth':
        return this.#sendBack(url, response);
      case '/token':
        return void json((this.oddity.tokens ?? same)(await this.#tokens()));
      case '/jwks':
        return void json({ keys: (this.oddity.keys ?? same)([this.#jwk]) });
      case '/userinfo':
        return void json(
          (this.oddity.userinfo ?? same)({ sub: 'odd-1', email: 'kim@odd.example', email_verified: true }),
        );
      default:
        response.writeHead(404).end();
    }
  }

  #metadata(): Claims {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/auth`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/jwks`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      authorization_response_iss_parameter_supported: true,
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  #sendBack(url: URL, response: ServerResponse): void {
    this.#nonce = url.searchParams.get('nonce') ?? '';
    const right = new URLSearchParams({ code: 'a-code', state: url.searchParams.get('state') ?? '', iss: this.issuer });
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    back.search = (this.oddity.callback ?? ((same) => same))(right).toString();
    response.writeHead(303, { location: back.href }).end();
  }

  async #tokens(): Promise<Claims> {
    const now = Math.floor(Date.now() / 1000);
    const right = {
      iss: this.issuer,
      aud: 'broker',
      sub: 'odd-1',
      iat: now,
      exp: now + 300,
      nonce: this.#nonce,
      name: 'Kim',
      email: 'kim@odd.example',
      email_verified: true,
    };
    const claims = (this.oddity.claims ?? ((same) => same))(right);
    const header = (this.oddity.header ?? ((same) => same))({ alg: 'RS256', kid: this.#jwk.kid });
    const idToken = this.oddity.idToken ? await this.oddity.idToken(claims, header) : await this.sign(claims, header);
    return { access_token: 'an-access-token', token_type: 'Bearer', expires_in: 60, id_token: idToken };
  }
}

/** A token of these parts, whose signature is what it is. */
export const compact = (header: object, claims: object, signature: string | Uint8Array): string =>
  `${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(claims))}.${base64url.encode(signature)}`;
