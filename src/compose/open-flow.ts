import { parseApp } from '../client/app-source.ts';
import { type Fetch, send } from '../client/call.ts';
import { AppDocument } from '../contract/app.ts';
import type { UploadParts } from '../flow/first-look.ts';
import { UploadFlow } from '../flow/upload-flow.ts';
import { probeRecords } from '../transfer/records-probe.ts';
import { browserBatches } from './browser-batches.ts';
import { browserClock } from './browser-clock.ts';
import { browserConnection } from './browser-connection.ts';
import { createTransform } from './create-transform.ts';
import { lazy } from './lazy.ts';
import { LazyBatchRecords } from './lazy-batch-records.ts';
import { LazyIdentity, type LazyIdentityPorts } from './lazy-identity.ts';
import { lazyLinks } from './lazy-links.ts';
import { LazyTransfer } from './lazy-transfer.ts';
import { LazyUnfinished } from './lazy-unfinished.ts';

/** The uploader's parts for an app that was read already. Sign-in and engine come when they are used. */
export function openFlow(
  broker: URL,
  app: AppDocument,
  before: Pick<LazyIdentityPorts, 'takeReturned' | 'takeWindow'>,
): UploadParts {
  const fetch = (url: URL, init: RequestInit) => globalThis.fetch(url, init);

  // What was read for the first paint serves once; whoever asks again wants to know what holds now.
  let read: AppDocument | null = app;
  const readApp = async (signal: AbortSignal) => {
    const here = read;
    read = null;
    if (here) return parseApp(here);
    const url = new URL(`/v1/apps/${encodeURIComponent(app.app)}`, broker);
    return send(fetch, { method: 'GET', url, signal, answer: AppDocument });
  };

  const identity = lazy(async () => {
    const { BrokerIdentity } = await import('../identity/identity.ts');
    return new BrokerIdentity(broker, { fetch, clock: browserClock });
  });
  const signed: Fetch = async (url, init) => (await identity()).fetch(url, init);
  const leave = lazy(async () => (await import('./leave.ts')).browserLeave(broker));
  const client = lazy(async () => {
    const { UploadClient } = await import('../client/upload-client.ts');
    return new UploadClient(broker, signed);
  });
  const links = lazy(async () => {
    const { BrokerClient } = await import('../client/broker-client.ts');
    return new BrokerClient(broker, signed);
  });
  const records = lazy(async () => (await import('./browser-records.ts')).browserRecords(broker));
  const hasher = lazy(async () => new (await import('../transfer/hasher.ts')).WorkerHasher());
  const kept = lazy(async () => {
    const [who, { store, locks }, { Records }] = await Promise.all([
      identity(),
      records(),
      import('../transfer/records.ts'),
    ]);
    const owner = () => who.person && { app: app.app, person: who.person.id };
    return new Records({ store, locks, owner }, browserClock);
  });
  const unfinished = lazy(async () => {
    const [grants, hashes, here, sums, { RecordedUploads }] = await Promise.all([
      client(),
      hasher(),
      records(),
      kept(),
      import('../transfer/recorded-uploads.ts'),
    ]);
    return new RecordedUploads({ ...here, grants, hasher: hashes, clock: browserClock }, sums);
  });
  const transfer = lazy(async () => {
    const [grants, hashes, { FileTransfer }, { createPut }] = await Promise.all([
      client(),
      hasher(),
      import('../transfer/file-transfer.ts'),
      import('../transfer/put.ts'),
    ]);
    return new FileTransfer({
      grants,
      hasher: hashes,
      put: createPut(browserClock),
      clock: browserClock,
      random: Math.random,
      connection: browserConnection,
      records: kept,
    });
  });
  const batchKeeper = async () => {
    const { BatchKeeper } = await import('../transfer/batch-keeper.ts');
    return new BatchKeeper(broker.origin, browserBatches);
  };
  const keptBatches = async () => {
    const { KeptBatches } = await import('../transfer/kept-batches.ts');
    return new KeptBatches(broker.origin, browserBatches);
  };
  const probe = () => probeRecords(broker.origin, browserClock);

  const guess = lazy(async () => (await import('../policy/guess.ts')).guessType);
  const pictures = lazy(async () => (await import('../transform/index.ts')).transform);

  return {
    flow: new UploadFlow({
      apps: { readApp },
      identity: new LazyIdentity(broker, identity, { win: window, clock: browserClock, leave, ...before }),
      transfer: new LazyTransfer(transfer),
      unfinished: new LazyUnfinished(probe, records, unfinished),
      batches: new LazyBatchRecords(broker.origin, batchKeeper, keptBatches),
      transform: createTransform(pictures),
      guess: async (head) => (await guess())(head),
      readRoom: async () => (await client()).readRoom(),
      agreements: {
        read: async () => (await client()).agreements(),
        give: async (agreement) => (await client()).agree(agreement),
      },
      clock: browserClock,
    }),
    links: lazyLinks(links),
  };
}
