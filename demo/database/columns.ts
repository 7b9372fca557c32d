import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** Column types of all tables. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
export const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const bytes = (name: string) => bigint(name, { mode: 'number' });
