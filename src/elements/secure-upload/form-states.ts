import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';

const STATES: Readonly<Record<string, (snapshot: UploadSnapshot) => boolean>> = {
  choosing: ({ phase, items }) => phase === 'choosing' && items.length > 0,
  'signing-in': ({ phase }) => phase === 'signing-in' || phase === 'sign-in-again',
  uploading: ({ phase }) => phase === 'uploading',
  done: ({ phase }) => phase === 'done',
  failed: ({ phase }) => phase === 'part-done' || phase === 'not-done',
};

/** What a page's own styles may match: `secure-upload:state(done)`. */
export function showStates({ states }: ElementInternals, snapshot: UploadSnapshot, isInvalid: boolean): void {
  const set = (name: string, isSo: boolean): void => void (isSo ? states.add(name) : states.delete(name));
  for (const [name, isSo] of Object.entries(STATES)) set(name, isSo(snapshot));
  set('invalid', isInvalid);
}
