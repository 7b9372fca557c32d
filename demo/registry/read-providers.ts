import * as v from 'valibot';
import { readMailDomain } from '../base/mail-address.ts';
import type { ProviderRecord } from './provider-record.ts';

const Domain = v.pipe(
  v.string(),
  v.transform(readMailDomain), // Null where it is none: a name with a star is no name of a host.
  v.check((domain) => domain !== null, 'no mail domain; wanted one like acme.example, without stars'),
  v.transform(String),
);

/** A private key as a JWK (RFC 7517): `alg` and `kid` are what the provider knows it by. */
const PrivateKey = v.looseObject({
  kty: v.picklist(['RSA', 'EC', 'OKP']),
  kid: v.string(),
  alg: v.string(),
  d: v.string(),
});

const Issuer = v.pipe(
  v.string(),
  v.check((issuer) => URL.canParse(issuer), 'no address'),
  v.check(
    (issuer) => !URL.canParse(issuer) || isSecure(new URL(issuer)),
    'not https; plain http is for a provider on this machine alone',
  ),
  v.check((issuer) => !/[?#@]/.test(issuer), 'an issuer has no query, no fragment and no user (OpenID Connect Core 2)'),
);

const Id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'up to 31 small letters, digits and dashes'));
const Filled = v.pipe(v.string(), v.minLength(1, 'empty'));

const Provider = v.pipe(
  v.strictObject({
    id: Id,
    name: v.pipe(Filled, v.maxLength(60, 'longer than 60 characters')),
    issuer: Issuer,
    client_id: Filled,
    client_secret: v.optional(Filled),
    client_key: v.optional(PrivateKey),
    domains: v.pipe(v.array(Domain), v.minLength(1, 'empty: nobody could come in')),
    email_verified_by: v.optional(v.picklist(['claim', 'provider'])),
    require: v.optional(v.record(v.string(), v.array(v.string()))),
    acr: v.optional(v.record(v.string(), v.array(v.string()))),
  }),
  v.check(
    (one) => (one.client_secret === undefined) !== (one.client_key === undefined),
    'needs client_secret or client_key, and not both',
  ),
);

/**
 * The providers of a JSON file. Fails with an Error that names the place and never the value: a secret may stand there.
 * One issuer stands there once, because a person is (issuer, subject); the broker's own issuer is its guests'.
 */
export function readProviders(text: string): ProviderRecord[] {
  const read = v.safeParse(v.pipe(v.array(Provider), v.minLength(1, 'no provider stands there')), parse(text));
  if (!read.success) {
    const [issue] = read.issues;
    const place = issue.path?.map(({ key }) => String(key)).join('.') || 'the whole';
    throw new Error(`${place}: ${wordsOf(issue)}`);
  }
  for (const what of ['id', 'issuer'] as const) {
    const all = read.output.map((one) => one[what]);
    if (new Set(all).size < all.length) throw new Error(`an ${what} stands there twice`);
  }
  return read.output.map(({ client_id, client_secret, client_key, email_verified_by, require, acr, ...rest }) => ({
    ...rest,
    clientId: client_id,
    ...(client_secret !== undefined && { clientSecret: client_secret }),
    ...(client_key && { clientKey: client_key }),
    ...(email_verified_by && { emailVerifiedBy: email_verified_by }),
    ...(require && { require }),
    ...(acr && { acr }),
  }));
}

/** What is wrong, from the schema alone: `received` may be a secret. */
function wordsOf({ kind, expected, received, message }: v.BaseIssue<unknown>): string {
  if (kind === 'validation') return message;
  if (expected === 'never') return 'not known here';
  return received === 'undefined' ? 'missing' : `must be ${expected?.toLowerCase()}`;
}

const isSecure = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('this is no JSON');
  }
}
