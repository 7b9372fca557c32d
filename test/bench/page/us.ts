/** The engine as compose/ fits it together: hashing workers, checksums, proofs, broker calls. Only the sign-in is left out. */
import { BrokerClient } from '../../../src/client/broker-client.ts';
import { browserClock } from '../../../src/compose/browser-clock.ts';
import { browserConnection } from '../../../src/compose/browser-connection.ts';
import { makePageKey } from '../../../src/identity/proof.ts';
import { createProvenFetch } from '../../../src/identity/proven-fetch.ts';
import { FileTransfer } from '../../../src/transfer/file-transfer.ts';
import { WorkerHasher } from '../../../src/transfer/hasher.ts';
import { createPut } from '../../../src/transfer/put.ts';
import { enter } from './contest.ts';
import { Outcome } from './outcome.ts';

/** As long as a token of the broker. */
const TOKEN = 'a'.repeat(700);

enter(async ({ broker }) => {
  const fetch = (url: URL, init: RequestInit) => globalThis.fetch(url, init);
  const proven = createProvenFetch(broker, await makePageKey(), { fetch, now: Date.now });
  return async (files) => {
    const transfer = new FileTransfer({
      grants: new BrokerClient(new URL(broker), (url, init) => proven(url, init, TOKEN)),
      hasher: new WorkerHasher(),
      put: createPut(browserClock),
      clock: browserClock,
      random: Math.random,
      connection: browserConnection,
    });
    const outcome = new Outcome();
    const outgoing = files.map((file, i) => ({ key: `f${i}`, file, sniffedType: '' }));
    await transfer.send(outgoing, {}, outcome);
    outcome.check(files.length);
  };
});
