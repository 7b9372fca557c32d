import type { TemplateResult } from 'lit';
import { codeScreen } from './code.ts';
import { decisionScreen } from './decision.ts';
import { downloadScreen, receivedScreen, windowOverScreen } from './download.ts';
import {
  declinedScreen,
  endedScreen,
  notMineScreen,
  signingInScreen,
  withdrawCoverScreen,
  withdrawScreen,
} from './ended.ts';
import { coverScreen, cutLinkScreen, loadingScreen } from './opening.ts';
import type { View } from './view.ts';

/** Screens from which an answer can be withdrawn. */
const ANSWERED = new Set([
  'download',
  'declined',
  'received',
  'window-over',
  'used',
  'expired',
  'taken-back',
  'renewed',
]);

/** Names what is on the screen: where this changes, the thing that was pressed is gone. */
export function screenName({ snapshot, ui }: Pick<View, 'snapshot' | 'ui'>): string {
  if (ui.isWithdrawing && snapshot.notice && ANSWERED.has(snapshot.phase)) return 'withdraw';
  if (ui.isWithdrawing && isProvable(snapshot)) return 'withdraw-cover';
  if (snapshot.phase === 'decision' && snapshot.problem?.code === 'notice_stale') return 'stale';
  return snapshot.phase;
}

/** Something can be taken back, and nobody has proved yet that it is theirs. */
function isProvable({ cover, notice, phase }: View['snapshot']): boolean {
  return cover?.withdrawable === true && notice === null && (phase === 'cover' || ANSWERED.has(phase));
}

export function screen(view: View): TemplateResult {
  const { cover, notice, phase } = view.snapshot;
  if (phase === 'loading') return loadingScreen(view);
  if (phase === 'cut-link') return cutLinkScreen(view);
  if (!cover) return endedScreen(view);
  const covered = { ...view, cover };
  const name = screenName(view);
  if (name === 'withdraw') return withdrawScreen(covered);
  if (name === 'withdraw-cover') return withdrawCoverScreen(covered);
  if (phase === 'decision' && notice) return decisionScreen({ ...covered, notice });
  switch (phase) {
    case 'cover':
      return coverScreen(covered);
    case 'not-mine':
      return notMineScreen(covered);
    case 'code':
      return codeScreen(covered);
    case 'signing-in':
      return signingInScreen(covered);
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
