import { AgreementBook, type Asked } from '../agreements/index.ts';
import { record } from './audit.ts';
import type { Transaction } from './db/index.ts';
import type { Caller, Deps } from './deps.ts';
import { newId } from './ids.ts';

/** The room of agreements, lent what it needs of the broker. */
export function agreementBook({ db, now }: Deps): AgreementBook<Transaction> {
  return new AgreementBook({ q: db.q, transaction: (work) => db.transaction(work), record, newId, now });
}

export const askedOf = ({ tenant, person, app: { record, template } }: Caller): Asked => ({
  tenant,
  person,
  app: record.id,
  org: record.org,
  purposes: template.purposes ?? [],
});
