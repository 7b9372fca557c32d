import * as v from 'valibot';
import { readMailDomain } from '../base/mail-address.ts';
import type { ProviderRecord } from './provider-record.ts';

const Domain = v.pipe(
  v.string(),
  v.transform(readMailDomain),
  v.string('is no mail domain'), // Null where it was none.
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
  v.url(),
  v.check((issuer) => !/[?#]/.test(issuer), 'an issuer has no query and no fragment (OpenID Connect Core section 2)'),
);

const Provider = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,30}$/)),
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
    issuer: Issuer,
    client_id: v.pipe(v.string(), v.minLength(1)),
    client_secret: v.optional(v.pipe(v.string(), v.minLength(1))),
    client_key: v.optional(PrivateKey),
    domains: v.pipe(v.array(Domain), v.minLength(1)),
    email_verified_by: v.optional(v.picklist(['claim', 'provider'])),
    require: v.optional(v.record(v.string(), v.array(v.string()))),
    acr: v.optional(v.record(v.string(), v.array(v.string()))),
  }),
  v.check((one) => (one.client_secret === undefined) !== (one.client_key === undefined), 'client_secret or client_key'),
);

/**
 * The providers of a JSON file. Fails with an Error that names the place and never the value: a secret may stand there.
 * One issuer stands there once, because a person is (issuer, subject); the broker's own issuer is its guests'.
 */
export function readProviders(text: string): ProviderRecord[] {
  const read = v.safeParse(v.pipe(v.array(Provider), v.minLength(1)), parse(text));
  if (!read.success) {
    const [issue] = read.issues;
    const place = issue.path?.map(({ key }) => String(key)).join('.') || 'the whole';
    throw new Error(`${place}: ${issue.type === 'check' ? issue.message : `not a ${issue.type} as needed`}`);
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('this is no JSON');
  }
}
