import type { ItemSnapshot, UploadSnapshot } from '../../flow/upload-snapshot.ts';
import type { UploadWords } from '../../i18n/upload-en.ts';

/** What the element says about itself to its form. */
export interface FormFacts {
  readonly name: string;
  readonly isRequired: boolean;
  /** The form waits by itself (form-hold.ts) for what is on its way. */
  readonly mayWait: boolean;
  readonly snapshot: UploadSnapshot;
  /** What the browser shall give back when the form is come back to; null for nothing. */
  readonly state: string | null;
  readonly words: UploadWords;
  /** Where the browser points at when the form cannot be sent. */
  readonly anchor: HTMLElement | undefined;
}

/**
 * `name` carries the ids of the stored uploads, `name-receipt` their signed receipts in the same order, so that the
 * page's own backend can check what it is told.
 */
export function setFormState(
  internals: ElementInternals,
  { name, isRequired, mayWait, snapshot, state, words, anchor }: FormFacts,
): void {
  const stored = snapshot.items.flatMap((item) => (item.phase === 'uploaded' && item.stored ? [item.stored] : []));
  const value = new FormData();
  // Without a name nobody reads it, and of thousands it takes long.
  for (const file of name ? stored : []) {
    value.append(name, file.id);
    value.append(`${name}-receipt`, file.receipt);
  }
  internals.setFormValue(name && stored.length > 0 ? value : null, state);

  internals.setValidity(...formFault({ isRequired, mayWait, snapshot, words }), anchor);
}

/** Why the form may not be sent yet, in words; empty where it may. */
export function formFault({
  isRequired,
  mayWait,
  snapshot,
  words,
}: Pick<FormFacts, 'isRequired' | 'mayWait' | 'snapshot' | 'words'>): [ValidityStateFlags, string] {
  if (isBusy(snapshot) && mayWait) return [{}, ''];
  if (isSending(snapshot)) return [{ customError: true }, words.stillUploading];
  if (isBusy(snapshot)) return [{ customError: true }, words.notUploadedYet];
  const isMissing = isRequired && !snapshot.items.some(isStored);
  return isMissing ? [{ valueMissing: true }, words.fileMissing] : [{}, ''];
}

const isStored = ({ phase, stored }: ItemSnapshot): boolean => phase === 'uploaded' && stored !== undefined;

/** Files are on their way, or chosen and not sent. */
export function isBusy(snapshot: UploadSnapshot): boolean {
  return isSending(snapshot) || snapshot.items.some(({ phase }) => phase === 'ready' || phase === 'preparing');
}

function isSending({ phase, items }: UploadSnapshot): boolean {
  return ['uploading', 'sign-in-again', 'signing-in'].includes(phase) && items.length > 0;
}
