interface FrameState {
  /** State of the box in the frame, which the frame's address names where an app stands; null where the tag names none. */
  readonly inside: string | null;
  readonly broker: 'here' | 'none';
  /** More time goes by than any box needs. */
  readonly isLate: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  /** What people see in the end. */
  readonly shows: 'frame' | 'link';
}

const framed = { broker: 'here', isLate: false, attributes: {}, shows: 'frame' } as const;

/** Names under which no box answers, and what the frame's page does instead. */
export const SILENT = 'silent-page';
export const REFUSED = 'refused-page';

/** What a frame is in its own right, and the boxes in it that are others than on a page. */
export const STATES = {
  loading: { ...framed, inside: SILENT },
  refused: { ...framed, inside: REFUSED },
  silent: { ...framed, inside: SILENT, isLate: true, shows: 'link' },
  'no-app': { ...framed, inside: null, shows: 'link' },
  'no-broker': { ...framed, inside: 'ready', broker: 'none', shows: 'link' },
  ready: { ...framed, inside: 'ready' },
  'signed-out': { ...framed, inside: 'signed-out' },
  'switched-off': { ...framed, inside: 'ready', attributes: { disabled: '' } },
  'form-missing': { ...framed, inside: 'ready', attributes: { name: 'documents', required: '' } },
  review: { ...framed, inside: 'review' },
  uploading: { ...framed, inside: 'uploading' },
  'window-blocked': { ...framed, inside: 'blocked-in-frame' },
  'window-cut-off': { ...framed, inside: 'cut-off-in-frame' },
  done: { ...framed, inside: 'done' },
  'done-in-form': { ...framed, inside: 'done', attributes: { name: 'documents' } },
  paused: { ...framed, inside: 'paused' },
  unavailable: { ...framed, inside: 'unavailable' },
  'old-version': { ...framed, inside: 'old-version' },
} as const satisfies Record<string, FrameState>;
