import { AgreementBook } from '../agreements/index.ts';
import { record } from '../audit/index.ts';
import { newId } from '../base/ids.ts';
import type { Deps } from '../context/deps.ts';
import type { Transaction } from '../database/index.ts';

/** What people agree to before they upload: kept in a room of its own, which is lent what it needs of the broker. */
export const agreementBook = ({ db, now }: Deps) =>
  new AgreementBook<Transaction>({
    db,
    now,
    newId,
    async record(tx, at, act) {
      await record(tx, at, act);
    },
  });
