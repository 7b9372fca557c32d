import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';
import type { FirstUploadWords } from '../../i18n/upload-first-en.ts';

/** What the element says about itself to its form. */
export interface FormFacts {
  readonly name: string;
  readonly isRequired: boolean;
  readonly snapshot: UploadSnapshot;
  readonly words: FirstUploadWords;
  /** Where the browser points at when the form cannot be sent. */
  readonly anchor: HTMLElement | null;
}

/**
 * `name` carries the ids of the stored uploads, `name-receipt` their signed receipts in the same order, so that the
 * page's own backend can check what it is told.
 */
export function setFormState(
  internals: ElementInternals,
  { name, isRequired, snapshot, words, anchor }: FormFacts,
): void {
  const stored = snapshot.items.flatMap((item) => (item.phase === 'uploaded' && item.stored ? [item.stored] : []));
  const value = new FormData();
  for (const file of stored) {
    value.append(name, file.id);
    value.append(`${name}-receipt`, file.receipt);
  }
  internals.setFormValue(name && stored.length > 0 ? value : null);

  const isSending = ['uploading', 'sign-in-again', 'signing-in'].includes(snapshot.phase) && snapshot.items.length > 0;
  const hasUnsent = snapshot.items.some((item) => item.phase === 'ready' || item.phase === 'preparing');
  const [flags, message]: [ValidityStateFlags, string] = isSending
    ? [{ customError: true }, words.stillUploading]
    : hasUnsent
      ? [{ customError: true }, words.notUploadedYet]
      : isRequired && stored.length === 0
        ? [{ valueMissing: true }, words.fileMissing]
        : [{}, ''];
  if (message && anchor) internals.setValidity(flags, message, anchor);
  else internals.setValidity(flags, message);
}
