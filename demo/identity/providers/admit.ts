import type { IDToken } from 'oauth4webapi';
import { hasHiddenCharacters } from '../../../src/policy/index.ts';
import { record } from '../../audit/index.ts';
import { newId } from '../../base/ids.ts';
import { readMailAddress, readMailDomain } from '../../base/mail-address.ts';
import { Problem } from '../../base/problem.ts';
import type { ProviderRecord } from '../../registry/provider-record.ts';
import type { RegisteredApp } from '../../registry/registry.ts';
import type { IdentityDeps } from '../ports.ts';
import { person } from '../schema.ts';

/**
 * Who came, and what the registry lets them do. A person is (issuer, subject) at one app; the address decides whether
 * they may come in, and counts only if it is verified and of the provider's own domains. Fails with sign_in_refused.
 */
export async function admit(
  deps: IdentityDeps,
  app: RegisteredApp,
  provider: ProviderRecord,
  claims: IDToken,
): Promise<string> {
  const email = addressOf(provider, claims);
  const refusal = reasonToRefuse(app, provider, claims, email);
  const at = new Date(deps.now());
  const { tenant, id } = app.record;
  if (refusal || !email) {
    const act = { tenant, app: id, actor: 'broker', act: 'sign-in.refused', subject: provider.id };
    await deps.db.transaction((tx) => record(tx, at, { ...act, facts: { reason: refusal } }));
    throw new Problem('sign_in_refused', { cause: refusal });
  }
  const scopes = [...app.template.scopes];
  if (app.record.owners.some((owner) => readMailAddress(owner)?.address === email.address)) {
    scopes.push('files:read:app', 'links:read:app', 'exports:read', 'access:end');
  }
  // People name themselves at many providers, and mails and pages of the broker say that name.
  const name = isPlainName(claims.name) ? claims.name : email.address;
  return keepPerson(
    deps,
    app,
    { issuer: provider.issuer, subject: claims.sub, provider: provider.id },
    {
      name,
      email: email.address,
      scopes,
      guest: false,
    },
  );
}

type Facts = Pick<typeof person.$inferInsert, 'name' | 'email' | 'scopes' | 'guest'>;

/** The same person as before where issuer and subject are the same, with what is known of them today. */
export async function keepPerson(
  deps: IdentityDeps,
  { record: { tenant, id: app } }: RegisteredApp,
  who: { readonly issuer: string; readonly subject: string; readonly provider: string },
  facts: Facts,
): Promise<string> {
  const at = new Date(deps.now());
  const { issuer, subject, provider } = who;
  return deps.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(person)
      .values({ id: newId(), tenant, app, issuer, subject, ...facts, seenAt: at })
      .onConflictDoUpdate({ target: [person.app, person.issuer, person.subject], set: { ...facts, seenAt: at } })
      .returning({ id: person.id });
    if (!row) throw new Problem('internal');
    const act = { tenant, app, actor: `person:${row.id}`, act: 'person.signed-in', subject: row.id };
    await record(tx, at, { ...act, facts: { provider } });
    return row.id;
  });
}

/** Null where it is missing or nobody has verified it. */
function addressOf({ emailVerifiedBy }: ProviderRecord, { email, email_verified }: IDToken) {
  const isVerified = email_verified === true || (emailVerifiedBy === 'provider' && email_verified === undefined);
  return isVerified && typeof email === 'string' ? readMailAddress(email) : null;
}

function reasonToRefuse(
  app: RegisteredApp,
  provider: ProviderRecord,
  claims: IDToken,
  email: ReturnType<typeof addressOf>,
): string | null {
  if (!email) return 'no verified address';
  const isAmong = (domains: readonly string[]) => domains.some((domain) => readMailDomain(domain) === email.domain);
  if (!isAmong(provider.domains)) return 'the domain is not of this provider';
  if (!isAmong(app.record.domains)) return 'the domain is not of this app';
  return isAsRequired(provider, claims) ? null : 'a claim is not as required';
}

function isAsRequired(provider: ProviderRecord, claims: IDToken): boolean {
  return Object.entries(provider.require ?? {}).every(([name, values]) => isOneOf(claims[name], values));
}

/** The address that a provider answers for: verified, of one of its own domains, with all that its record demands. */
export function provenAddress(provider: ProviderRecord, claims: IDToken): string | null {
  const email = addressOf(provider, claims);
  if (!email || !isAsRequired(provider, claims)) return null;
  return provider.domains.some((domain) => readMailDomain(domain) === email.domain) ? email.address : null;
}

const isOneOf = (value: unknown, values: readonly string[]): boolean =>
  typeof value !== 'object' && values.includes(String(value));

const isPlainName = (name: unknown): name is string =>
  typeof name === 'string' && name.trim() !== '' && name.length <= 120 && !hasHiddenCharacters(name);
