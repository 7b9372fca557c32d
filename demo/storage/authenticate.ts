import { param, type S3Request, setting } from './request.ts';
import { S3Error } from './s3-error.ts';
import { ALGORITHM, type Claim, fits, type Scope } from './signature.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Signed {
  /** What the signature says about the body: hex of its SHA-256, or UNSIGNED-PAYLOAD. */
  readonly payloadHash: string;
}

const SKEW_MS = 15 * 60_000;
const WEEK_S = 7 * 24 * 3600;
const UNSIGNED = 'UNSIGNED-PAYLOAD';

/** Proves who signed the request and that nothing came along unsigned. Fails with an S3Error. */
export function authenticate(request: S3Request, credentials: Credentials, region: string, now: number): Signed {
  const authorization = request.headers.get('authorization');
  const isPresigned =
    param(request, 'X-Amz-Algorithm') !== undefined || param(request, 'X-Amz-Signature') !== undefined;
  if (authorization === undefined && !isPresigned) throw new S3Error('AccessDenied', 'The request is not signed.');
  if (authorization !== undefined && isPresigned) {
    throw new S3Error('InvalidArgument', 'Only one way of signing is allowed: header or query.');
  }
  const claim = authorization === undefined ? queryClaim(request) : headerClaim(request, authorization);
  if (setting(request, 'x-amz-security-token') !== undefined) {
    throw new S3Error('InvalidToken', 'This store knows no session tokens.');
  }
  checkKey(claim, credentials);
  if (!isIn(claim, region)) {
    throw new S3Error(
      isPresigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed',
      `The credential is for ${claim.service} in ${claim.region}; wanted s3 in ${region}.`,
    );
  }
  checkTime(request, claim, isPresigned, now);
  if (!fits(request, claim, credentials.secretAccessKey)) {
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The signature does not fit the request. Check the secret and what was signed.',
    );
  }
  checkUnsigned(request, claim);
  return { payloadHash: claim.payloadHash };
}

function headerClaim(request: S3Request, authorization: string): Claim {
  const malformed = (what: string) => new S3Error('AuthorizationHeaderMalformed', `The authorization header ${what}.`);
  if (!authorization.startsWith(`${ALGORITHM} `)) throw malformed(`does not begin with ${ALGORITHM}`);
  const parts = new Map(
    authorization
      .slice(ALGORITHM.length + 1)
      .split(',')
      .map((part) => {
        const [name = '', ...value] = part.trim().split('=');
        return [name, value.join('=')] as const;
      }),
  );
  return readClaim(
    {
      credential: parts.get('Credential'),
      at: request.headers.get('x-amz-date'),
      signedHeaders: parts.get('SignedHeaders'),
      signature: parts.get('Signature'),
      payloadHash: request.headers.get('x-amz-content-sha256'),
    },
    malformed,
  );
}

function queryClaim(request: S3Request): Claim {
  const malformed = (what: string) => new S3Error('AuthorizationQueryParametersError', `The signed query ${what}.`);
  const names = request.query.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith('x-amz-'));
  if (new Set(names).size !== names.length) throw malformed('names a parameter twice');
  if (names.some((name) => request.headers.has(name))) throw malformed('names a parameter that is a header too');
  if (param(request, 'X-Amz-Algorithm') !== ALGORITHM) throw malformed(`wants X-Amz-Algorithm=${ALGORITHM}`);
  return readClaim(
    {
      credential: param(request, 'X-Amz-Credential'),
      at: param(request, 'X-Amz-Date'),
      signedHeaders: param(request, 'X-Amz-SignedHeaders'),
      signature: param(request, 'X-Amz-Signature'),
      payloadHash: setting(request, 'x-amz-content-sha256') ?? UNSIGNED,
    },
    malformed,
  );
}

interface RawClaim {
  readonly credential: string | undefined;
  readonly at: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly payloadHash: string | undefined;
}

function readClaim(raw: RawClaim, malformed: (what: string) => S3Error): Claim {
  const { at, ...scope } = readScope(raw, malformed);
  const signedHeaders = raw.signedHeaders?.split(';') ?? [];
  if (!signedHeaders.includes('host')) throw malformed('does not sign host');
  if (!signedHeaders.every((name) => /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name))) {
    throw malformed('names a signed header that is no lower-case header name');
  }
  if (!raw.signature || !/^[0-9a-f]{64}$/.test(raw.signature)) throw malformed('has no signature of 64 hex digits');
  const payloadHash = raw.payloadHash;
  if (payloadHash === undefined) throw new S3Error('InvalidRequest', 'The header x-amz-content-sha256 is missing.');
  if (payloadHash.startsWith('STREAMING-'))
    throw new S3Error('NotImplemented', 'aws-chunked bodies are not read here.');
  if (payloadHash !== UNSIGNED && !/^[0-9a-f]{64}$/.test(payloadHash)) {
    throw new S3Error('InvalidArgument', 'x-amz-content-sha256 is neither a SHA-256 in hex nor UNSIGNED-PAYLOAD.');
  }
  return { ...scope, at, signedHeaders, signature: raw.signature, payloadHash };
}

/** Who signed, for what and when. Fails as `malformed` says. */
export function readScope(
  raw: Pick<RawClaim, 'credential' | 'at'>,
  malformed: (what: string) => S3Error,
): Scope & Pick<Claim, 'at'> {
  const credential = raw.credential?.match(
    /^([^/\s]{1,128})\/(\d{8})\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,32})\/aws4_request$/,
  );
  const [, accessKeyId, day, region, service] = credential ?? [];
  if (!accessKeyId || !day || !region || !service)
    throw malformed('has no credential of the form key/day/region/s3/aws4_request');
  if (!raw.at || !/^\d{8}T\d{6}Z$/.test(raw.at)) throw malformed('has no date of the form 20261121T235959Z');
  if (!raw.at.startsWith(day)) throw malformed('has a date of another day than its credential');
  return { accessKeyId, day, region, service, at: raw.at };
}

/** Fails with InvalidAccessKeyId. */
export function checkKey({ accessKeyId }: Scope, credentials: Credentials): void {
  if (accessKeyId === credentials.accessKeyId) return;
  throw new S3Error('InvalidAccessKeyId', 'The access key id does not exist here.');
}

export const isIn = (scope: Scope, region: string): boolean => scope.region === region && scope.service === 's3';

function checkTime(request: S3Request, claim: Claim, isPresigned: boolean, now: number): void {
  const at = timeOf(claim.at);
  if (!isPresigned) {
    if (Math.abs(now - at) <= SKEW_MS) return;
    throw new S3Error('RequestTimeTooSkewed', 'The clock of the caller is more than 15 minutes away.');
  }
  const seconds = param(request, 'X-Amz-Expires') ?? '';
  if (!/^\d{1,6}$/.test(seconds) || Number(seconds) < 1 || Number(seconds) > WEEK_S) {
    throw new S3Error('AuthorizationQueryParametersError', 'X-Amz-Expires is not between 1 and 604800 seconds.');
  }
  checkBegun(at, now);
  if (now >= at + Number(seconds) * 1000) throw new S3Error('AccessDenied', 'The URL has expired.');
}

/** ms since epoch. Fails with AccessDenied. */
export function timeOf(at: string): number {
  const time = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(time)) throw new S3Error('AccessDenied', 'The date of the signature is no date.');
  return time;
}

/** Fails with AccessDenied. */
export function checkBegun(at: number, now: number): void {
  if (at - now > SKEW_MS) throw new S3Error('AccessDenied', 'The signature is not valid yet.');
}

/** What nobody signed could say anything: so it is refused, as AWS and Ceph 20 do. */
function checkUnsigned(request: S3Request, claim: Claim): void {
  const unsigned = [...request.headers.keys()].filter(
    (name) => (name === 'content-type' || name.startsWith('x-amz-')) && !claim.signedHeaders.includes(name),
  );
  if (unsigned.length > 0) throw new S3Error('AccessDenied', `Sent but not signed: ${unsigned.join(', ')}.`);
}
