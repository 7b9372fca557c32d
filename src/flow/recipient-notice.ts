import type { Verified } from '../contract/links.ts';
import { asUploadError, UploadError } from '../errors.ts';
import type { RecipientCalls } from './ports.ts';

/** The same code and key again: a fresh notice without a mail. Fails with sign_in_ended where the proof is over. */
export async function proveAgain(calls: RecipientCalls, digits: string): Promise<Verified> {
  try {
    return await calls.verify(digits);
  } catch (cause) {
    const error = asUploadError(cause, 'broker_unexpected');
    throw /^code_(old|wrong|format)$/.test(error.code) ? new UploadError('sign_in_ended', { cause: error }) : error;
  }
}

/**
 * The proof with its notice in the language of the page, where there is one: what is on the screen is what is recorded.
 * Only while an answer is awaited: nobody reads the notice afterwards.
 */
export async function inLanguage(calls: RecipientCalls, proof: Verified, language: string): Promise<Verified> {
  const asked = proof.languages.find((tag) => tag === language || tag === language.split('-', 1)[0]);
  if (asked === undefined || asked === proof.notice.language) return proof;
  if (proof.state !== 'open' && proof.state !== 'declined') return proof;
  return { ...proof, ...(await calls.show(asked)) };
}
