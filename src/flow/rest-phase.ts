import type { ItemProblem } from './problem.ts';
import type { ItemSnapshot, UploadPhase } from './upload-snapshot.ts';

/**
 * Where the box comes to rest while nothing is under way. Refused rows that a batch has left behind do not keep it from
 * being done.
 */
export function restPhase(items: readonly ItemSnapshot[], leftBehind: ReadonlySet<string>): UploadPhase {
  const isOpen = ({ key, phase }: ItemSnapshot) =>
    phase === 'ready' || phase === 'preparing' || (phase === 'refused' && !leftBehind.has(key));
  if (items.some(isOpen)) return 'choosing';
  const isAnyUploaded = items.some(({ phase }) => phase === 'uploaded');
  if (items.some(({ phase }) => phase === 'not-done')) return isAnyUploaded ? 'part-done' : 'not-done';
  return isAnyUploaded ? 'done' : 'choosing';
}

/** What the broker said about room, while the files it refused are listed. */
export function noRoom(items: readonly ItemSnapshot[]): ItemProblem | null {
  const refused = items.find(
    ({ phase, problem }) => phase === 'not-done' && /^(person|app)_full$/.test(problem?.code ?? ''),
  );
  return refused?.problem ?? null;
}
