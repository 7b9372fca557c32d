import type { Cover } from '../../src/contract/index.ts';
import { readMailAddress, readMailDomain } from '../base/mail-address.ts';
import type { Deps } from '../context/deps.ts';
import type { ProviderRecord } from '../registry/provider-record.ts';
import type { OpenedLink } from './link-store.ts';

/** Those of the app that answer for the domain of the link's address: any other could prove nothing here. */
export function offeredProviders({ config }: Deps, { app, rules, row }: OpenedLink): readonly ProviderRecord[] {
  const { recipient_providers: named = app.record.providers } = app.record;
  const domain = readMailAddress(row.recipient)?.domain;
  if (rules.proofs && !rules.proofs.includes('provider')) return [];
  return config.providers.filter(
    ({ id, domains }) => named.includes(id) && domains.some((one) => readMailDomain(one) === domain),
  );
}

/** How this link's recipient may show who they are. Where an account is wanted that nobody answers for, a code is left. */
export function proofsOf(deps: Deps, opened: OpenedLink): Cover['proofs'] {
  const hasProvider = offeredProviders(deps, opened).length > 0;
  const hasCode = !hasProvider || (opened.rules.proofs ?? ['code']).includes('code');
  return [...(hasCode ? ['code' as const] : []), ...(hasProvider ? ['provider' as const] : [])];
}
