import type { Verified } from '../contract/links.ts';
import type { Decided, Notice } from '../contract/notice.ts';
import { asUploadError, UploadError } from '../errors.ts';
import type { RecipientCalls } from './ports.ts';
import { NOTICE_PARTS, type NoticePart } from './recipient-snapshot.ts';

export interface Answer {
  readonly decision: 'accept' | 'decline';
  readonly surface: 'page' | 'embedded';
  /** `event.isTrusted` of the press. */
  readonly isTrusted: boolean;
}

export type AnswerOutcome =
  | { readonly is: 'kept'; readonly proof: Verified; readonly at: string; readonly receipt: string }
  | { readonly is: 'changed'; readonly proof: Verified; readonly parts: readonly NoticePart[] };

/**
 * Answers the notice that was shown. An answer spends its notice, so `notice_stale` also comes when an earlier press
 * was kept and its reply was lost: the fresh notice tells these apart. Fails with the UploadError of the calls.
 */
export async function answerNotice(
  calls: RecipientCalls,
  shown: Verified,
  digits: string,
  answer: Answer,
): Promise<AnswerOutcome> {
  try {
    return kept(shown, await decide(calls, shown, answer));
  } catch (cause) {
    const error = asUploadError(cause, 'broker_unexpected');
    if (error.code !== 'notice_stale') throw error;
  }
  const fresh = await proveAgain(calls, digits);
  if (fresh.sha256 !== shown.sha256) {
    return { is: 'changed', proof: fresh, parts: changedParts(shown.notice, fresh.notice) };
  }
  const standing = fresh.state === 'accepted' ? 'accept' : fresh.state === 'declined' ? 'decline' : null;
  if (standing === answer.decision && fresh.decided_at !== undefined && fresh.receipt !== undefined) {
    return { is: 'kept', proof: fresh, at: fresh.decided_at, receipt: fresh.receipt };
  }
  return kept(fresh, await decide(calls, fresh, answer));
}

/** The same code and key again: a fresh notice without a mail. Fails with sign_in_ended where the proof is over. */
export async function proveAgain(calls: RecipientCalls, digits: string): Promise<Verified> {
  try {
    return await calls.verify(digits);
  } catch (cause) {
    const error = asUploadError(cause, 'broker_unexpected');
    throw /^code_(old|wrong|format)$/.test(error.code) ? new UploadError('sign_in_ended', { cause: error }) : error;
  }
}

function decide(calls: RecipientCalls, { sha256, nonce }: Verified, answer: Answer): Promise<Decided> {
  const { decision, surface, isTrusted } = answer;
  return calls.decide({ decision, notice_sha256: sha256, nonce, surface, is_trusted: isTrusted });
}

function kept(proof: Verified, { at, receipt }: Decided): AnswerOutcome {
  return { is: 'kept', proof, at, receipt };
}

function changedParts(before: Notice, after: Notice): NoticePart[] {
  const parts = (notice: Notice): Record<NoticePart, unknown> => ({
    sender: notice.sender,
    purpose: notice.purpose,
    files: notice.files,
    kept: [notice.data_kept, notice.kept_months, notice.region],
    seen: notice.who_sees,
  });
  const [old, fresh] = [parts(before), parts(after)];
  return NOTICE_PARTS.filter((part) => JSON.stringify(old[part]) !== JSON.stringify(fresh[part]));
}
