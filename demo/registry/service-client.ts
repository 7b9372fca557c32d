import * as v from 'valibot';
import { SCOPES } from '../../src/contract/index.ts';

const PublicKey = v.strictObject({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: v.string(),
  y: v.string(),
  kid: v.pipe(v.string(), v.minLength(1)),
  alg: v.optional(v.literal('ES256')),
  use: v.optional(v.literal('sig')),
});

/**
 * An automation of one app, as the operator registers it. It proves itself with a key of its own (private_key_jwt,
 * RFC 7523); the broker has the public half only. Two keys while one takes over from the other.
 */
export const ServiceClient = v.strictObject({
  /** `{app}.{name}`: the dot keeps it apart from every app and every person. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.[a-z0-9-]+$/)),
  app: v.string(),
  scopes: v.pipe(v.array(v.picklist(SCOPES)), v.minLength(1)),
  jwks: v.strictObject({ keys: v.pipe(v.array(PublicKey), v.minLength(1), v.maxLength(2)) }),
});
export type ServiceClient = v.InferOutput<typeof ServiceClient>;

/** What an operator wrote. Fails with what is wrong, in words; never repeats a value, which may be a private key. */
export function readServiceClients(json: string): ServiceClient[] {
  let written: unknown;
  try {
    written = JSON.parse(json);
  } catch {
    throw new Error('The list of service clients is not JSON.');
  }
  const parsed = v.safeParse(v.array(ServiceClient), written);
  if (parsed.success) return parsed.output;
  const path = parsed.issues[0]?.path?.map(({ key }) => String(key)).join('.') ?? '';
  throw new Error(
    path.endsWith('.d')
      ? `The list of service clients holds a private key (${path}). Register the public half, and replace that key.`
      : `The list of service clients cannot be used: ${path} does not fit.`,
  );
}
