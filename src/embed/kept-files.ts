import type { FrameFile } from '../contract/embed.ts';

/** Of broker and app; what another version of this wrote has another shape. */
type State = readonly [version: 1, broker: string, app: string, files: readonly FrameFile[]];

/** In characters. A browser writes it into its history with every step: of more files, some 500, it keeps nothing. */
const MOST = 1_000_000;

/** What the browser keeps of the tag for the way back: what the form carried. Null where there is nothing to keep. */
export function stateOf(files: readonly FrameFile[], [broker, app]: readonly [string, string]): string | null {
  const state = files.length > 0 ? JSON.stringify([1, broker, app, files] satisfies State) : null;
  return state && state.length <= MOST ? state : null;
}

/** The files of such a state; none where it is of another box, or not ours. The frame looks at each receipt. */
export function filesOf(state: unknown, [broker, app]: readonly [string, string]): readonly FrameFile[] {
  if (typeof state !== 'string') return [];
  try {
    const [version, ofBroker, ofApp, files] = JSON.parse(state);
    if (version !== 1 || ofBroker !== broker || ofApp !== app) return [];
    return files.flatMap(({ id, receipt }: Partial<FrameFile>) =>
      typeof id === 'string' && typeof receipt === 'string' ? [{ id, receipt }] : [],
    );
  } catch {
    return []; // A page may have written anything there.
  }
}
