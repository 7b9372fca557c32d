import type { Verified } from '../contract/links.ts';
import type { Decide, Decided, Notice, NoticeLine } from '../contract/notice.ts';
import { asUploadError } from '../errors.ts';
import type { RecipientCalls } from './ports.ts';
import type { NoticePart } from './recipient-snapshot.ts';

export interface Answer {
  readonly decision: 'accept' | 'decline';
  readonly surface: 'page' | 'embedded';
  /** `event.isTrusted` of the press. */
  readonly isTrusted: boolean;
  /** Ids of the purposes whose boxes are ticked. */
  readonly agreed: readonly string[];
  /** Version of the script that showed the notice. */
  readonly component: string;
}

export type AnswerOutcome =
  | { readonly is: 'kept'; readonly proof: Verified; readonly at: string; readonly receipt: string }
  | { readonly is: 'changed'; readonly proof: Verified; readonly parts: readonly NoticePart[] };

/**
 * Answers the notice that was shown. An answer spends its notice, so `notice_stale` also comes when an earlier press
 * was kept and its reply was lost: the fresh notice, which `again` reads, tells these apart. Fails with the UploadError of
 * the calls.
 */
export async function answerNotice(
  calls: RecipientCalls,
  shown: Verified,
  again: () => Promise<Verified>,
  answer: Answer,
): Promise<AnswerOutcome> {
  try {
    return kept(shown, await decide(calls, shown, answer));
  } catch (cause) {
    const error = asUploadError(cause, 'broker_unexpected');
    if (error.code !== 'notice_stale') throw error;
  }
  const fresh = await again();
  if (fresh.sha256 !== shown.sha256) {
    return { is: 'changed', proof: fresh, parts: changedParts(shown.notice, fresh.notice) };
  }
  const standing = fresh.state === 'accepted' ? 'accept' : fresh.state === 'declined' ? 'decline' : null;
  if (standing === answer.decision && fresh.decided_at !== undefined && fresh.receipt !== undefined) {
    return { is: 'kept', proof: fresh, at: fresh.decided_at, receipt: fresh.receipt };
  }
  return kept(fresh, await decide(calls, fresh, answer));
}

function decide(calls: RecipientCalls, { sha256, nonce, notice }: Verified, answer: Answer): Promise<Decided> {
  const { decision, surface, isTrusted, agreed, component } = answer;
  const purposes = notice.purposes.map(({ id }) => ({ id, agreed: agreed.includes(id) }));
  const asked: Decide = { decision, notice_sha256: sha256, nonce, surface, is_trusted: isTrusted, component };
  return calls.decide(decision === 'accept' && purposes.length > 0 ? { ...asked, purposes } : asked);
}

function kept(proof: Verified, { at, receipt }: Decided): AnswerOutcome {
  return { is: 'kept', proof, at, receipt };
}

/** Of two notices in one language. */
function changedParts(before: Notice, after: Notice): NoticePart[] {
  const texts = ({ lines, full }: Notice) => new Map([...lines, ...full].map(({ id, text }) => [id, text]));
  const [old, fresh] = [texts(before), texts(after)];
  const ids = new Set<NoticeLine['id']>([...fresh.keys(), ...old.keys()]);
  const parts: NoticePart[] = [...ids].filter((id) => old.get(id) !== fresh.get(id));
  for (const part of ['files', 'purposes'] as const) {
    if (JSON.stringify(before[part]) !== JSON.stringify(after[part])) parts.push(part);
  }
  return parts;
}
