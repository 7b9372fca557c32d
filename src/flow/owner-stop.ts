import type { AppDocument } from '../contract/app.ts';
import type { ItemProblem } from './problem.ts';

/** The owner has stopped the app. */
export interface Closed {
  readonly code: 'app_paused' | 'app_closed';
}

const CLOSED = { paused: { code: 'app_paused' }, closed: { code: 'app_closed' }, live: null, test: null } as const;

/** Null where the app is open. */
export const closedBy = ({ mode }: AppDocument): Closed | null => CLOSED[mode];

/** The same in the answer to a call: null where it is of something else. */
export function closedFor(problem: ItemProblem | null): Closed | null {
  if (problem?.code === 'app_paused') return CLOSED.paused;
  return problem?.code === 'app_closed' ? CLOSED.closed : null;
}
