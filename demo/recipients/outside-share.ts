import { and, count, eq, sql } from 'drizzle-orm';
import type { AppLinkList } from '../../src/contract/index.ts';
import type { Queries } from '../database/index.ts';
import { link } from './schema.ts';

export interface OfApp {
  readonly tenant: string;
  readonly app: string;
}

/** How many of an app's links go to addresses outside, and how many of those have their sender's recorded consent. */
export async function outsideShare(q: Queries, { tenant, app }: OfApp): Promise<AppLinkList['outside']> {
  const [outside] = await q
    .select({ links: count(), agreed: sql<string>`count(${link.outside})` })
    .from(link)
    .where(and(eq(link.tenant, tenant), eq(link.app, app), eq(link.external, true)));
  return { links: Number(outside?.links ?? 0), with_consent: Number(outside?.agreed ?? 0) };
}
