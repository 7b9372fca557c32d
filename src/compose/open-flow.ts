import { parseApp } from '../client/app-source.ts';
import type { AppDocument } from '../contract/app.ts';
import type { UploadParts } from '../flow/first-look.ts';
import type { Transfer } from '../flow/ports.ts';
import { UploadFlow } from '../flow/upload-flow.ts';
import { browserClock } from './browser-clock.ts';
import { browserConnection } from './browser-connection.ts';
import { createTransform } from './create-transform.ts';
import { lazy } from './lazy.ts';
import { LazyIdentity } from './lazy-identity.ts';
import { LazyTransfer } from './lazy-transfer.ts';
import { LazyUnfinished } from './lazy-unfinished.ts';

/** The uploader's parts for an app that was read already. Sign-in and engine come when they are used. */
export function openFlow(
  broker: URL,
  app: AppDocument,
  takeReturned: (app: string) => URLSearchParams | null,
): UploadParts {
  const fetch = (url: URL, init: RequestInit) => globalThis.fetch(url, init);

  const identity = lazy(async () => {
    const { BrokerIdentity } = await import('../identity/identity.ts');
    return new BrokerIdentity(broker, { fetch, clock: browserClock });
  });
  const leave = lazy(async () => (await import('./leave.ts')).browserLeave(broker));
  const client = lazy(async () => {
    const { BrokerClient } = await import('../client/broker-client.ts');
    return new BrokerClient(broker, async (url, init) => (await identity()).fetch(url, init));
  });
  const records = lazy(async () => (await import('./browser-records.ts')).browserRecords(broker));
  const transfer = lazy(async (): Promise<Transfer> => {
    const [grants, who, { store, locks }, { FileTransfer }, { WorkerHasher }, { createPut }] = await Promise.all([
      client(),
      identity(),
      records(),
      import('../transfer/file-transfer.ts'),
      import('../transfer/hasher.ts'),
      import('../transfer/put.ts'),
    ]);
    return new FileTransfer({
      grants,
      hasher: new WorkerHasher(),
      put: createPut(browserClock),
      clock: browserClock,
      random: Math.random,
      connection: browserConnection,
      records: { store, locks, owner: () => who.person && { app: app.app, person: who.person.id } },
    });
  });

  const guess = lazy(async () => (await import('../policy/guess.ts')).guessType);
  const pictures = lazy(async () => (await import('../transform/index.ts')).transform);

  return {
    flow: new UploadFlow({
      apps: { readApp: async () => parseApp(app) },
      identity: new LazyIdentity(broker, identity, { win: window, clock: browserClock, leave, takeReturned }),
      transfer: new LazyTransfer(transfer, new LazyUnfinished(records, async () => (await transfer()).unfinished)),
      transform: createTransform(pictures),
      guess: async (head) => (await guess())(head),
      agreements: {
        read: async () => (await client()).agreements(),
        give: async (agreement) => (await client()).agree(agreement),
      },
      clock: browserClock,
    }),
    links: { makeLink: async (link) => (await client()).makeLink(link) },
  };
}
