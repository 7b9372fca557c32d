import { AppClient } from '../client/app-source.ts';
import type { LinkMaker, Transfer } from '../flow/ports.ts';
import { UploadFlow } from '../flow/upload-flow.ts';
import { browserClock } from './browser-clock.ts';
import { browserConnection } from './browser-connection.ts';
import { lazy } from './lazy.ts';
import { LazyIdentity } from './lazy-identity.ts';
import { LazyTransfer } from './lazy-transfer.ts';
import { LazyUnfinished } from './lazy-unfinished.ts';

export interface UploadParts {
  readonly flow: UploadFlow;
  readonly links: LinkMaker;
}

/** The uploader's parts. Only what the first paint needs is loaded at once; sign-in and engine come when they are used. */
export function composeUpload({ broker, app }: { readonly broker: URL; readonly app: string }): UploadParts {
  const fetch = (url: URL, init: RequestInit) => globalThis.fetch(url, init);

  const identity = lazy(async () => {
    const { BrokerIdentity } = await import('../identity/identity.ts');
    return new BrokerIdentity(broker, { fetch, clock: browserClock });
  });
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
      records: { store, locks, owner: () => who.person && { app, person: who.person.id } },
    });
  });

  return {
    flow: new UploadFlow({
      apps: new AppClient(broker, app, fetch),
      identity: new LazyIdentity(broker, identity, window),
      transfer: new LazyTransfer(transfer, new LazyUnfinished(records, async () => (await transfer()).unfinished)),
      clock: browserClock,
    }),
    links: { makeLink: async (link) => (await client()).makeLink(link) },
  };
}
