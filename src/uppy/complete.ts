import { FILES_A_CALL, type StoredFile } from '../contract/uploads.ts';
import { asUploadError, UploadError } from '../errors.ts';
import type { OutgoingFile } from './outgoing-file.ts';
import { isPassing, persist } from './patience.ts';
import type { SigningPorts } from './ports.ts';

/** The file as the broker settled it, or why it is none. */
export type Outcome = StoredFile | UploadError;

/** Has what was sent checked and settled, up to 100 files a call. Answers in order. */
export async function completeAll(files: readonly OutgoingFile[], ports: SigningPorts): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < files.length; at += FILES_A_CALL) {
    const some = files.slice(at, at + FILES_A_CALL);
    const reasons = new Map<OutgoingFile, UploadError>();
    try {
      await persist(ports.wait, async () => {
        const left = some.filter((file) => !file.stored && !isFinal(reasons.get(file)));
        await complete(left, reasons, ports);
        const waiting = left.flatMap((file) => reasons.get(file) ?? []).find(isPassing);
        if (waiting) throw waiting;
      });
    } catch (error) {
      for (const file of some) {
        if (!file.stored && !reasons.has(file)) reasons.set(file, asUploadError(error, 'internal'));
      }
    }
    outcomes.push(...some.map((file) => file.stored ?? reasons.get(file) ?? new UploadError('broker_unexpected')));
  }
  return outcomes;
}

const isFinal = (reason: UploadError | undefined): boolean => reason !== undefined && !isPassing(reason);

async function complete(
  files: readonly OutgoingFile[],
  reasons: Map<OutgoingFile, UploadError>,
  { calls }: SigningPorts,
): Promise<void> {
  const wishes = files.flatMap((file) => {
    try {
      return { file, wish: file.wish() };
    } catch (error) {
      reasons.set(file, asUploadError(error, 'internal'));
      return [];
    }
  });
  if (wishes.length === 0) return;
  const batch = { idempotencyKey: crypto.randomUUID(), trace: calls.newTrace() };
  const answer = await calls.completeUploads(
    wishes.map(({ wish }) => wish),
    batch,
  );
  for (const [i, { file }] of wishes.entries()) {
    const entry = answer.files[i];
    if (entry && 'file' in entry) file.stored = entry.file;
    else reasons.set(file, entry ? refusal(entry.problem) : new UploadError('broker_unexpected'));
  }
}

const refusal = (problem: NonNullable<UploadError['problem']>): UploadError =>
  new UploadError(problem.code, { problem });
