import { html, nothing, type TemplateResult } from 'lit';
import type { ItemProblem } from '../../flow/problem.ts';
import { screenOf } from '../../flow/recipient-problems.ts';
import type { RecipientSnapshot } from '../../flow/recipient-snapshot.ts';
import { icon } from '../icons.ts';
import type { View } from './view.ts';

/** What the person reads about a problem where they stand; null where a screen of its own tells it. */
export function problemText(view: View, { code, figures }: ItemProblem): string | null {
  const { words, formats, snapshot } = view;
  const { problems } = words;
  const until = figures?.until;
  switch (code) {
    case 'code_format':
      return problems.codeFormat;
    case 'code_wrong':
      if (figures?.tries_left === undefined) return problems.codeWrongUncounted;
      return figures.tries_left > 0 ? problems.codeWrong(figures.tries_left) : problems.codeEnded;
    case 'code_old':
      return problems.codeOld;
    case 'mail_limit': {
      const next = until ?? snapshot.code?.next_mail_at;
      return next ? words.code.anotherAt(formats.time(next)) : problems.mailDown;
    }
    case 'mail_down':
      return problems.mailDown;
    case 'slow_down':
      return until ? words.ended.busy(formats.time(until)) : problems.unreachable;
    case 'not_a_person':
      return problems.notAPerson;
    case 'not_allowed':
      return problems.notEmbedded;
    case 'sign_in_needed':
    case 'sign_in_ended':
      return problems.proofOver;
    case 'clock':
    case 'proof_refused':
      return problems.clock;
    case 'purpose_needed':
      return problems.purposeNeeded;
    case 'other_mailbox':
      return problems.otherMailbox;
    case 'sign_in_refused':
    case 'sign_in_lost':
      return problems.signInLost;
    case 'window_unopened':
      return problems.windowUnopened;
    case 'window_extended':
      return problems.windowExtended;
    case 'not_found':
      return problems.filesGone;
    case 'notice_stale':
      return null;
  }
  if (isToldByScreen(snapshot, code)) return null;
  if (snapshot.phase === 'decision') return problems.notSaved;
  return ['offline', 'broker_down', 'store_down'].includes(code) ? problems.unreachable : problems.other;
}

/** There is nothing to tell beside what the whole screen tells. */
function isToldByScreen({ phase }: RecipientSnapshot, code: string): boolean {
  return phase === 'unavailable' || phase === 'not-found' || screenOf(code) === phase;
}

/** What was typed is at fault, and not a clock or the way there. */
export const isOfCode = ({ code }: ItemProblem): boolean => code === 'code_format' || code === 'code_wrong';

/** Problems of a code that only a new code mends. */
export function needsNewCode({ code, figures }: ItemProblem): boolean {
  return code === 'code_old' || (code === 'code_wrong' && figures?.tries_left === 0);
}

export function problemLine(view: View): TemplateResult | typeof nothing {
  const { words, snapshot } = view;
  const text = snapshot.problem && problemText(view, snapshot.problem);
  if (text === null) return nothing;
  // Being away is no fault of the person.
  if (text === words.problems.proofOver) {
    return html`<div part="note" class="note warn">${icon('info')}<p class="small" id="problem">${text}</p></div>`;
  }
  // What was wanted is there.
  if (text === words.problems.filesGone && snapshot.phase === 'received') {
    return html`<div part="note" class="note">${icon('info')}<p class="small" id="problem">${text}</p></div>`;
  }
  return html`<p part="problem" class="problem" id="problem">${icon('alert', 16)}<span>${text}</span></p>`;
}
