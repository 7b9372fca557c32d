import { and, eq, gt, min, sum } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import type { Deps } from '../context/deps.ts';
import { mailEach } from '../mail/mail-each.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { RegisteredApp } from '../registry/registry.ts';
import { type RoomFacts, type RoomLevel, roomWords } from './room-words.ts';
import { quota, upload } from './schema.ts';

const DAY_MS = 86_400_000;
/** The pace is that of so many days. */
const PACE_DAYS = 30;
/** So many points of room must have come free before the same is told again: it would be told with every file. */
const STEADY = 10;

/** Tells the owners of each app once that its room runs out: at 70, at 90, at 100 percent. Safe to run twice at once. */
export async function tellOfRoom(deps: Deps): Promise<void> {
  for (const app of deps.registry.all()) await tellOwners(deps, app);
}

async function tellOwners(deps: Deps, { record: { id, tenant } }: RegisteredApp): Promise<void> {
  const holder = `app:${id}`;
  const [row] = await deps.db.q.select().from(quota).where(eq(quota.holder, holder));
  if (!row) return;
  const percent = percentOf(row);
  const told = percent <= row.told - STEADY ? levelAt(percent) : Math.max(row.told, levelAt(percent));
  if (told === row.told) return;
  const isNews = told > row.told;
  await deps.db.transaction(async (tx) => {
    const unchanged = and(eq(quota.holder, holder), eq(quota.told, row.told));
    const changed = await tx.update(quota).set({ told }).where(unchanged).returning({ told: quota.told });
    if (changed.length === 0 || !isNews) return;
    const at = new Date(deps.now());
    await record(tx, at, { tenant, app: id, actor: 'broker', act: 'room.told', subject: id, facts: { percent: told } });
    await deps.jobs.send(tx, 'room-mail', { id });
  });
  if (isNews) deps.jobs.wake('room-mail');
}

/** The job: `id` is the app. What it tells is how things stand when the mail goes out. */
export async function mailRoom(deps: Deps, mailer: Mailer, id: string): Promise<void> {
  const app = deps.registry.find(id);
  const [row] = await deps.db.q
    .select()
    .from(quota)
    .where(eq(quota.holder, `app:${id}`));
  const level = levelAt(row ? percentOf(row) : 0);
  if (!app || !row || level === 0) return;
  const { used, cap } = row;
  const words = roomWords(app, { level, used, cap, fullAt: await fullAt(deps, id, cap - used) });
  await mailEach({ mailer, log: deps.log }, app.record.owners, words);
}

/** What is set aside is as good as used: nobody else can have it. Less than one percent left is full for most files. */
function percentOf({ used, reserved, cap }: typeof quota.$inferSelect): number {
  const percent = cap === 0 ? 0 : ((used + reserved) / cap) * 100;
  return percent > 99 ? 100 : percent;
}

function levelAt(percent: number): RoomLevel | 0 {
  if (percent >= 100) return 100;
  if (percent >= 90) return 90;
  return percent >= 70 ? 70 : 0;
}

async function fullAt(deps: Deps, app: string, left: number): Promise<RoomFacts['fullAt']> {
  const now = deps.now();
  const since = new Date(now - PACE_DAYS * DAY_MS);
  const [grown] = await deps.db.q
    .select({ bytes: sum(upload.size), first: min(upload.storedAt) })
    .from(upload)
    .where(and(eq(upload.app, app), eq(upload.state, 'stored'), gt(upload.storedAt, since)));
  const bytes = Number(grown?.bytes ?? 0);
  if (!grown?.first || bytes === 0) return null;
  const days = Math.max(1, (now - new Date(grown.first).getTime()) / DAY_MS);
  return new Date(now + (left / (bytes / days)) * DAY_MS);
}
