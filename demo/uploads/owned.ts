import { and, eq, inArray, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Caller } from '../identity/ports.ts';
import { batch, upload } from './schema.ts';

/** Whose it is: written with everything that a caller makes. */
export function ownerOf(caller: Caller): { tenant: string; app: string; person: string } {
  return { tenant: caller.tenant, app: caller.app.record.id, person: caller.person };
}

/** Nobody sees what belongs to another tenant, app or person. */
export function ownedBy(
  table: { readonly tenant: PgColumn; readonly app: PgColumn; readonly person: PgColumn },
  caller: Caller,
): SQL | undefined {
  const { tenant, app, person } = ownerOf(caller);
  return and(eq(table.tenant, tenant), eq(table.app, app), eq(table.person, person));
}

/** What of the caller's uploads a narrowed token reaches; nothing to add for any other. Needs the batch beside the upload. */
export function reachedBy({ within }: Caller): SQL | undefined {
  if (!within) return undefined;
  return or(inArray(upload.id, [...within.uploads]), inArray(batch.folder, [...within.folders]));
}
