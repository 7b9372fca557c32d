/** Ports that move nothing: what is left is the bookkeeping of the engine. */

import { browserClock } from '../../../src/compose/browser-clock.ts';
import { browserConnection } from '../../../src/compose/browser-connection.ts';
import type { StoredFile } from '../../../src/contract/uploads.ts';
import { FileTransfer } from '../../../src/transfer/file-transfer.ts';

const SHA256 = `${'A'.repeat(43)}=`;
const TIME = '2099-01-01T00:00:00Z';
const BATCH = { batch: 'bench-batch', reference: 'BENCH234' } as const;

/** An answer in a task of its own, as every network gives it: promises alone would make one endless task of the run. */
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

function stored(id: string): StoredFile {
  const file = { id, name: 'file.png', size: 64, type: 'image/png', sha256: SHA256, receipt: 'bench' };
  return { ...file, reference: BATCH.reference, stored_at: TIME, delete_at: TIME };
}

export function nullTransfer(): FileTransfer {
  let started = 0;
  return new FileTransfer({
    grants: {
      newTrace: () => 'bench',
      async startUploads({ files }) {
        await nextTask();
        const grant = { method: 'PUT', url: 'https://store.example/', headers: {}, expires_at: TIME } as const;
        const uploads = files.map(() => {
          started += 1;
          return { upload: { id: `upload-${started}`, expires_at: TIME, grant } };
        });
        return { ...BATCH, files: uploads };
      },
      signParts: () => Promise.reject(new TypeError('Grants that live for ever are never signed again')),
      async completeUploads(uploads) {
        await nextTask();
        return { files: uploads.map(({ id }) => ({ id, file: stored(id) })) };
      },
      uploadStatus: () => Promise.reject(new TypeError('Nothing is ever lost')),
      abortUpload: () => Promise.resolve(),
    },
    hasher: {
      hash: () => nextTask().then(() => SHA256),
      close: () => {},
    },
    put: (_grant, body, { sent }) => {
      sent(body.size);
      return nextTask().then(() => ({ kind: 'stored' }));
    },
    clock: browserClock,
    random: Math.random,
    connection: browserConnection,
  });
}
