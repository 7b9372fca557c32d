import { and, eq, gt, inArray, ne } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { readMailAddress } from '../base/mail-address.ts';
import { guestCode, guestLock, person } from '../identity/schema.ts';
import type { Desk } from '../identity/tokens/end-access.ts';
import { eraseLink } from '../recipients/consent/erase.ts';
import { link } from '../recipients/schema.ts';
import { carryOutErasures, type Forgotten, orderErasure } from './forget-person.ts';

const PAGE = 500;

export interface ForgottenAddress extends Forgotten {
  readonly people: number;
  /** Links to the address. */
  readonly received: number;
}

/**
 * Forgets an address in all apps of a tenant: as that of people who signed in, and of recipients. Each organisation answers
 * for its own, so other tenants keep theirs. Asked again it finds what is left; nothing where nothing is.
 */
export async function forgetAddress(desk: Desk, tenant: string, address: string): Promise<ForgottenAddress> {
  const theirs = readMailAddress(address)?.address ?? address;
  const at = new Date(desk.now());
  const people = await desk.db.q
    .select({ tenant: person.tenant, app: person.app, person: person.id })
    .from(person)
    .where(and(eq(person.tenant, tenant), eq(person.email, theirs)));
  for (const who of people) await orderErasure(desk, who);
  const apps = desk.registry.all().flatMap(({ record }) => (record.tenant === tenant ? record.id : []));
  for (const table of [guestCode, guestLock]) {
    await desk.db.q.delete(table).where(and(inArray(table.app, apps), eq(table.address, theirs)));
  }
  let received = 0;
  for await (const { id, app } of linksTo(desk, tenant, theirs)) {
    const rules = desk.registry.find(app)?.template.links;
    await eraseLink(desk, { withdraw_deletes_files: rules?.withdraw_deletes_files ?? false }, id, at);
    received += 1;
  }
  const forgotten = { people: people.length, received, ...(await carryOutErasures(desk)) };
  const act = { tenant, app: '', actor: 'operator', act: 'address.forgotten', subject: tenant };
  await desk.db.transaction((tx) => record(tx, at, { ...act, facts: { ...forgotten } }));
  return forgotten;
}

/** However it was typed: what is the same address is not for the database to say. */
async function* linksTo(desk: Desk, tenant: string, address: string) {
  for (let last = ''; ; ) {
    const rows = await desk.db.q
      .select({ id: link.id, app: link.app, recipient: link.recipient })
      .from(link)
      .where(and(eq(link.tenant, tenant), ne(link.recipient, ''), gt(link.id, last)))
      .orderBy(link.id)
      .limit(PAGE);
    yield* rows.filter(({ recipient }) => readMailAddress(recipient)?.address === address);
    const end = rows.at(-1);
    if (!end || rows.length < PAGE) return;
    last = end.id;
  }
}
