import { UploadError } from '../errors.ts';
import type { ItemProblem, SignInNote } from './upload-snapshot.ts';

/** How a sign-in that came to nothing is told: the note leads, the problem says more where there is more to say. */
export function noteOf(error: unknown): { note: SignInNote; problem: ItemProblem | null } {
  const { code, problem } = error instanceof UploadError ? error : new UploadError('internal');
  switch (code) {
    case 'popup_blocked':
      return { note: 'popup-blocked', problem: null };
    case 'sign_in_refused':
      return { note: 'refused', problem: null };
    case 'sign_in_cancelled':
    case 'sign_in_timeout':
      return { note: 'not-finished', problem: null };
    default:
      return { note: 'not-finished', problem: { code, figures: problem?.figures } };
  }
}

export function problemOf(error: unknown): ItemProblem {
  const { code, problem } = error instanceof UploadError ? error : new UploadError('internal');
  return { code, figures: problem?.figures };
}
