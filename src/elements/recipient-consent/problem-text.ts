import { html, nothing, type TemplateResult } from 'lit';
import type { ItemProblem } from '../../flow/problem.ts';
import type { RecipientPhase } from '../../flow/recipient-snapshot.ts';
import { icon } from '../icons.ts';
import type { View } from './view.ts';

/** Their screen tells all there is to tell. */
const TOLD_BY_SCREEN: ReadonlySet<RecipientPhase> = new Set<RecipientPhase>([
  'locked',
  'expired',
  'used',
  'taken-back',
  'withdrawn',
  'not-found',
  'unavailable',
]);

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
    case 'not_found':
      return problems.filesGone;
    case 'notice_stale':
      return null;
  }
  if (TOLD_BY_SCREEN.has(snapshot.phase) && !view.ui.isWithdrawing) return null;
  if (snapshot.phase === 'decision') return problems.notSaved;
  return ['offline', 'broker_down', 'store_down'].includes(code) ? problems.unreachable : problems.other;
}

/** Problems of a code that only a new code mends. */
export function needsNewCode({ code, figures }: ItemProblem): boolean {
  return code === 'code_old' || (code === 'code_wrong' && figures?.tries_left === 0);
}

export function problemLine(view: View): TemplateResult | typeof nothing {
  const text = view.snapshot.problem ? problemText(view, view.snapshot.problem) : null;
  if (text === null) return nothing;
  // Being away is no fault of the person.
  if (text === view.words.problems.proofOver) {
    return html`<div part="note" class="note warn">${icon('info')}<p class="small" id="problem">${text}</p></div>`;
  }
  return html`<p part="problem" class="problem" id="problem">${icon('alert', 16)}<span>${text}</span></p>`;
}
