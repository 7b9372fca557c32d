import type { Grant, StoredFile } from '../contract/uploads.ts';
import { UploadError } from '../errors.ts';
import { deliver } from './delivery.ts';
import type { Journey } from './journey.ts';

/** A started file that goes in one request. */
export interface StartedWhole {
  readonly id: string;
  readonly grant: Grant;
  readonly sha256: string;
}

/** Sends it and has it settled. Fails with an UploadError, or with `signal.reason`. */
export async function sendWhole(journey: Journey, { id, grant, sha256 }: StartedWhole): Promise<StoredFile> {
  const { ports, batch, original, turns, watcher, signal } = journey;
  const { file } = original;
  let found: StoredFile | undefined;
  let isTaken = false;
  const taken = () => {
    if (!isTaken) batch.taken();
    isTaken = true;
  };
  // While it is paused, others shall be started in its place.
  if (turns.isPaused) taken();
  try {
    await turns.run(async (turn) => {
      try {
        await deliver(
          journey,
          {
            body: file,
            sha256,
            grant,
            sign: async () => {
              const body = { upload: id, parts: [{ number: 1, size: file.size, sha256 }] };
              const options = { trace: batch.trace, signal: turn };
              const [fresh] = await ports.steady.call(() => ports.grants.signParts(body, options), turn);
              if (!fresh) throw new UploadError('broker_unexpected');
              return fresh;
            },
            isStored: async () => {
              const status = await ports.steady.call(() => ports.grants.uploadStatus(id, turn), turn);
              found = status.file;
              if (!found && !status.is_in_storage && status.state !== 'open') throw new UploadError('upload_over');
              return found !== undefined || status.is_in_storage;
            },
            taken,
            sent: (bytes) => watcher.sent(bytes),
          },
          turn,
        );
      } catch (error) {
        if (turn.aborted) watcher.sent(0);
        throw error;
      } finally {
        taken();
      }
    });
  } finally {
    taken();
  }
  watcher.sent(file.size);
  watcher.finishing();
  return found ?? batch.settle({ id }, signal);
}
