import type { TemplateResult } from 'lit';
import { codeScreen } from './code.ts';
import { decisionScreen } from './decision.ts';
import { downloadScreen, receivedScreen, windowOverScreen } from './download.ts';
import { declinedScreen, endedScreen, withdrawScreen } from './ended.ts';
import { coverScreen, cutLinkScreen, loadingScreen } from './opening.ts';
import type { View } from './view.ts';

/** Screens from which an answer can be withdrawn. */
const ANSWERED = new Set(['download', 'received', 'window-over', 'used']);

/** Names what is on the screen: where this changes, the thing that was pressed is gone. */
export function screenName({ snapshot, ui }: Pick<View, 'snapshot' | 'ui'>): string {
  if (ui.isWithdrawing && snapshot.notice && ANSWERED.has(snapshot.phase)) return 'withdraw';
  if (snapshot.phase === 'decision' && snapshot.problem?.code === 'notice_stale') return 'stale';
  return snapshot.phase;
}

export function screen(view: View): TemplateResult {
  const { cover, notice, phase } = view.snapshot;
  if (phase === 'loading') return loadingScreen(view);
  if (phase === 'cut-link') return cutLinkScreen(view);
  if (!cover) return endedScreen(view);
  const covered = { ...view, cover };
  if (screenName(view) === 'withdraw') return withdrawScreen(covered);
  if (phase === 'decision' && notice) return decisionScreen({ ...covered, notice });
  switch (phase) {
    case 'cover':
      return coverScreen(covered);
    case 'code':
      return codeScreen(covered);
    case 'download':
      return downloadScreen(covered);
    case 'declined':
      return declinedScreen(covered);
    case 'received':
      return receivedScreen(covered);
    case 'window-over':
      return windowOverScreen(covered);
    default:
      return endedScreen(view);
  }
}
