import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Log } from '../base/log.ts';
import { examineAndClear } from '../bucket/doctor.ts';
import { lookAgain } from '../bucket/look-again.ts';
import { createStorage } from '../bucket/storage.ts';
import type { Config } from '../context/config.ts';
import type { Deps } from '../context/deps.ts';
import type { JobPayload } from '../context/jobs.ts';
import { createJobs } from '../context/jobs.ts';
import { openPglite, openPostgres } from '../database/index.ts';
import { CallLimits } from '../identity/call-limits.ts';
import { mailGuest } from '../identity/guests/mail.ts';
import { loadKeys, watchKeys } from '../identity/keys.ts';
import { createIssuer } from '../identity/live-issuer.ts';
import { createProofs } from '../identity/proofs.ts';
import { recordPolicies } from '../ledger/policies.ts';
import { postCheckpoint } from '../ledger/posted.ts';
import { type Sequencer, startSequencer, telling } from '../ledger/sequencer.ts';
import { createMailer } from '../mail/mailer.ts';
import { mailHandlers } from '../recipients/mail.ts';
import { createRegistry } from '../registry/registry.ts';
import { mailRoom } from '../uploads/room-told.ts';
import { createApp } from './app.ts';
import type { Scripts } from './scripts.ts';
import { sweep } from './sweep.ts';

export interface Broker {
  /** What the storage doctor found at the start; uploads are off while the bucket is not cleared. */
  readonly findings: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  /** What it works with: for whoever has to look at the whole of it, or to sweep at once. */
  readonly deps: Deps;
  close(): Promise<void>;
}

/** Starts the broker on a server that listens already: its address is part of what it signs. */
export async function startBroker(server: Server, config: Config, scripts: Scripts, log: Log): Promise<Broker> {
  const now = Date.now;
  const opened = config.databaseUrl
    ? await openPostgres(config.databaseUrl)
    : await openPglite({ dataDir: config.dataDir });
  let sequencer: Sequencer | null = null;
  const db = telling(opened, () => sequencer?.wake());
  const keys = await loadKeys(db, now, config.times.keyLife);
  const watched = watchKeys(keys, log);
  const registry = createRegistry(config.apps, config.services);
  const storage = createStorage(config.s3, { now });
  const jobs = createJobs(db, log);
  const proofs = createProofs(db, keys.nonceSecret, config.times.proofSkew, now);
  const limits = new CallLimits(config.rate, now);
  const deps: Deps = { config, db, keys, proofs, registry, limits, storage, jobs, log, now };

  sequencer = startSequencer({ ...deps, db: opened }, config.ledger, config.checkpointFolder);

  await recordPolicies(deps, registry.all());
  const issuer = createIssuer(deps);
  const answer = getRequestListener(createApp(deps, issuer, scripts).fetch);
  // Who calls before the doctor is done waits: a grant that is refused meanwhile would end an upload.
  let open = (): void => {};
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  server.on('request', async (request, response) => {
    await isOpen;
    return request.url?.startsWith('/oidc/') ? issuer.serve(request, response) : answer(request, response);
  });

  const allOrigins = registry.all().flatMap(({ record }) => record.origins);
  const origins = [...new Set([...allOrigins, new URL(config.publicUrl).origin])];
  const findings = await examineAndClear(storage, origins);
  const looks = lookAgain(storage, origins, log);
  open();
  const mailer = createMailer(config.smtp);
  const mails = {
    ...mailHandlers(deps, mailer),
    'guest-mail': ({ id }: JobPayload) => mailGuest(deps, mailer, id),
    'room-mail': ({ id }: JobPayload) => mailRoom(deps, mailer, id),
  };
  const webhook = config.checkpointWebhook;
  const checkpoint = async () => (webhook === undefined ? undefined : postCheckpoint(deps, webhook));
  await jobs.start({ ...mails, checkpoint, sweep: () => sweep(deps) }, config.times.sweepEvery);
  return {
    findings,
    deps,
    async close() {
      clearInterval(watched);
      clearInterval(looks);
      await sequencer?.stop();
      await jobs.stop();
      await db.close();
    },
  };
}
