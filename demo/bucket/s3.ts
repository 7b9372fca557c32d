import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { Problem } from '../base/problem.ts';

/** Where a bucket is, and who signs for it. */
export interface BucketConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Ports {
  /** ms since epoch */
  readonly now: () => number;
  readonly fetch?: typeof globalThis.fetch;
}

export interface Presigning {
  /** Sent by the caller exactly so; all of them are signed and stay headers. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly seconds: number;
  /** Dates the signature back. Seconds. */
  readonly age?: number;
}

export type Fields = Readonly<Record<string, string>>;

export interface FormSigning {
  /** Bytes of the file. */
  readonly size: number;
  readonly seconds: number;
  /** Dates the signature back. Seconds. */
  readonly age?: number;
}

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** ms to wait for the whole answer; PATIENCE_MS where absent. */
  readonly patience?: number;
}

/** A store that says nothing for this long counts as not reachable. */
const PATIENCE_MS = 30_000;
const PAYLOAD = 'x-amz-content-sha256';

/** Signs for one bucket of any S3 (path-style), and calls it. */
export class S3 {
  readonly origin: string;
  readonly bucket: string;
  readonly region: string;
  readonly #base: URL;
  readonly #signer: SignatureV4;
  readonly #accessKeyId: string;
  readonly #now: () => number;
  readonly #fetch: typeof globalThis.fetch;

  constructor(config: BucketConfig, { now, fetch = globalThis.fetch }: S3Ports) {
    this.#base = new URL(config.endpoint);
    this.origin = this.#base.origin;
    this.bucket = config.bucket;
    this.region = config.region;
    this.#accessKeyId = config.accessKeyId;
    this.#now = now;
    this.#fetch = fetch;
    this.#signer = new SignatureV4({
      service: 's3',
      region: config.region,
      credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
      sha256: NodeSha256,
      uriEscapePath: false,
    });
  }

  /**
   * A URL for one request with exactly these headers. Presigners like to move `x-amz-*` into the query, where hardly a
   * store looks at them: here they stay headers.
   */
  async presign(method: string, key: string, signing: Presigning): Promise<{ url: string; expiresAt: Date }> {
    const at = (Math.floor(this.#now() / 1000) - (signing.age ?? 0)) * 1000; // A signature knows whole seconds only.
    const headers = { [PAYLOAD]: 'UNSIGNED-PAYLOAD', ...signing.headers };
    const signed = await this.#signer.presign(this.#request(method, key, headers, signing.query), {
      signingDate: new Date(at),
      expiresIn: signing.seconds,
      unhoistableHeaders: new Set(Object.keys(headers)),
      // Without a claim about the payload the header is only the signer's input.
      unsignableHeaders: new Set(signing.headers?.[PAYLOAD] === undefined ? [PAYLOAD] : []),
    });
    return { url: this.#url(signed), expiresAt: new Date(at + signing.seconds * 1000) };
  }

  /**
   * Signs a form (POST policy) with these fields and so many bytes in its file. A policy names every field but itself and
   * its signature.
   */
  async signForm(
    fields: Fields,
    { size, seconds, age = 0 }: FormSigning,
  ): Promise<{ fields: Fields; expiresAt: Date }> {
    const at = (Math.floor(this.#now() / 1000) - age) * 1000;
    const [signingDate, expiresAt] = [new Date(at), new Date(at + seconds * 1000)];
    const date = signingDate.toISOString().replace(/[-:]|\.\d{3}/g, '');
    const named = {
      ...fields,
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': `${this.#accessKeyId}/${date.slice(0, 8)}/${this.region}/s3/aws4_request`,
      'x-amz-date': date,
    };
    const conditions = [
      { bucket: this.bucket },
      ...Object.entries(named).map(([name, value]) => ['eq', `$${name}`, value]),
      ['content-length-range', size, size],
    ];
    const document = JSON.stringify({ expiration: expiresAt.toISOString(), conditions });
    const policy = Buffer.from(document).toString('base64');
    const signature = await this.#signer.sign(policy, { signingDate });
    return { fields: { ...named, policy, 'x-amz-signature': signature }, expiresAt };
  }

  /** Signed by header. An empty key is the bucket itself. Fails with store_down: not reachable, or 5xx. */
  async send(
    method: string,
    key: string,
    { headers = {}, query = {}, body, patience }: Sending = {},
  ): Promise<Response> {
    const request = this.#request(method, key, headers, query);
    const signed = await this.#signer.sign(new HttpRequest({ ...request, body }), {
      signingDate: new Date(this.#now()),
    });
    const { host: _host, ...sent } = signed.headers;
    // As bytes: for a string fetch would add a content-type that nobody signed.
    const bytes = body === undefined ? null : Buffer.from(body);
    return this.call(this.#url(signed), { method, headers: sent, body: bytes }, patience);
  }

  /** One call of the store, signed or not. Fails with store_down. */
  async call(url: string, init: RequestInit, patience = PATIENCE_MS): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(patience) });
    } catch (error) {
      throw new Problem('store_down', { cause: error });
    }
    if (response.status >= 500) {
      await response.body?.cancel();
      throw new Problem('store_down', { cause: new Error(`The storage answered ${response.status}.`) });
    }
    return response;
  }

  /** Where a key is, without a signature. */
  address(key: string): string {
    return this.#url({ path: this.#path(key) });
  }

  #request(
    method: string,
    key: string,
    headers: Readonly<Record<string, string>>,
    query: Readonly<Record<string, string>> = {},
  ): HttpRequest {
    return new HttpRequest({
      method,
      protocol: this.#base.protocol,
      hostname: this.#base.hostname,
      path: this.#path(key),
      query: { ...query },
      headers: { host: this.#base.host, ...headers },
    });
  }

  #path(key: string): string {
    const segments = [this.bucket, ...(key === '' ? [] : key.split('/'))];
    return `${this.#base.pathname.replace(/\/$/, '')}/${segments.map(encode).join('/')}`;
  }

  #url({ path, query = {} }: Pick<HttpRequest, 'path'> & Partial<Pick<HttpRequest, 'query'>>): string {
    const pairs = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(String(value))}`);
    return `${this.origin}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
  }
}

/** RFC 3986, as SigV4 wants it. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

type Source = string | ArrayBuffer | ArrayBufferView;

const bytesOf = (data: Source): Uint8Array | string =>
  typeof data === 'string'
    ? data
    : ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);

/** node:crypto behind the signer's port: 17,500 URLs a second here, a third of that with a hash in JavaScript. */
class NodeSha256 {
  readonly #secret: Source | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: Source) {
    this.#secret = secret;
    this.#hash = this.#fresh();
  }

  #fresh(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.#secret));
  }

  update(data: Source): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#fresh();
  }
}
