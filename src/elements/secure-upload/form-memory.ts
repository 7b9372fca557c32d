import type { KeptUpload } from '../../flow/kept-upload.ts';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';

/** Of broker and app; what another version of this wrote has another shape. */
type State = readonly [version: 1, broker: string, app: string, kept: readonly KeptUpload[]];

/** In characters. A browser writes it into its history with every step: of more files, some 500, it keeps nothing. */
const MOST = 1_000_000;

const TEXTS = ['id', 'name', 'type', 'sha256', 'reference', 'stored_at', 'delete_at', 'receipt'] as const;
/** In words, so that no script of ours shortens them: the next version may read what this one wrote. */
const MADE = ['locationRemoved', 'isSmaller'] as const;

/**
 * What the browser keeps of a box in a form for the way back, as it does of a text field: names, sizes and receipts of
 * what is stored. Receipts open nothing; whoever sees this history sees the form.
 */
export class FormMemory {
  #told: readonly ItemSnapshot['stored'][] = [];
  #place = '';
  #state: string | null = null;

  /** Null where there is nothing to keep. */
  stateOf(items: readonly ItemSnapshot[], [broker, app]: readonly [string, string]): string | null {
    const done = items.filter(({ phase, stored }) => phase === 'uploaded' && stored);
    const place = `${broker} ${app}`;
    const isTold = done.length === this.#told.length && done.every(({ stored }, i) => stored === this.#told[i]);
    if (isTold && place === this.#place) return this.#state;
    this.#told = done.map(({ stored }) => stored);
    this.#place = place;
    const kept = done.flatMap(({ stored, file, made }): KeptUpload[] =>
      stored ? [{ stored, lastModified: file.lastModified, ...(made && { made }) }] : [],
    );
    const state = kept.length > 0 ? JSON.stringify([1, broker, app, kept] satisfies State) : null;
    this.#state = state && state.length <= MOST ? state : null;
    return this.#state;
  }
}

/** The uploads of such a state that are still there; none where it is of another box, or not ours. */
export function keptIn(state: unknown, [broker, app]: readonly [string, string], now: number): readonly KeptUpload[] {
  if (typeof state !== 'string') return [];
  try {
    const [version, ofBroker, ofApp, kept] = JSON.parse(state);
    if (version !== 1 || ofBroker !== broker || ofApp !== app) return [];
    return kept.filter(isKept).filter(({ stored }: KeptUpload) => Date.parse(stored.delete_at) > now);
  } catch {
    return []; // A page may have written anything there.
  }
}

function isKept(one: Partial<KeptUpload> | null): one is KeptUpload {
  const { stored, lastModified, made } = one ?? {};
  if (!stored || !Number.isFinite(lastModified)) return false;
  const isWhole = TEXTS.every((name) => typeof stored[name] === 'string') && Number.isFinite(stored.size);
  if (!isWhole || !['string', 'undefined'].includes(typeof stored.path)) return false;
  return !made || (Number.isFinite(made.fromSize) && MADE.every((name) => typeof made[name] === 'boolean'));
}
