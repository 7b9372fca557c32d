import type { Transaction } from '../database/index.ts';
import { audit } from './schema.ts';

export interface Act {
  readonly tenant: string;
  readonly app: string;
  /** `person:{id}`, `recipient:{link}`, `broker`. */
  readonly actor: string;
  /** noun.past-tense: `upload.granted`, `link.claimed`. */
  readonly act: string;
  /** Id of the thing it was done to. */
  readonly subject: string;
  readonly reference?: string | null;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes an act in the transaction that does it, so that neither is there without the other. */
export async function record(tx: Transaction, at: Date, ...acts: readonly Act[]): Promise<void> {
  if (acts.length === 0) return;
  await tx.insert(audit).values(acts.map((act) => ({ at, reference: null, ...act, facts: { ...act.facts } })));
}
