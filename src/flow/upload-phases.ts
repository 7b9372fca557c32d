import type { ItemPhase, UploadPhase } from './upload-snapshot.ts';

/** From each state of the box, the states that may come next. */
export const PHASES: Readonly<Record<UploadPhase, readonly UploadPhase[]>> = {
  loading: ['unavailable', 'choosing'],
  unavailable: ['loading'],
  choosing: ['unavailable', 'signing-in', 'uploading', 'done', 'part-done', 'not-done'],
  'signing-in': ['unavailable', 'choosing', 'uploading', 'sign-in-again', 'done', 'part-done', 'not-done'],
  uploading: ['unavailable', 'choosing', 'sign-in-again', 'done', 'part-done', 'not-done'],
  'sign-in-again': ['unavailable', 'signing-in', 'choosing', 'done', 'part-done', 'not-done'],
  done: ['choosing', 'signing-in', 'part-done', 'not-done'],
  'part-done': ['unavailable', 'uploading', 'choosing', 'signing-in', 'done', 'not-done'],
  'not-done': ['unavailable', 'uploading', 'choosing', 'signing-in', 'part-done'],
};

const WITH_LIST = ['choosing', 'uploading', 'sign-in-again', 'done', 'part-done', 'not-done'] as const;
const ENDED = ['part-done', 'not-done'] as const;

/** In which states each verb acts. A press that comes too late or too early changes nothing. */
export const VERBS = {
  load: ['loading', 'unavailable'],
  accept: [...WITH_LIST, 'signing-in'],
  remove: WITH_LIST,
  undoRemove: WITH_LIST,
  removeRefused: WITH_LIST,
  keepFirst: ['choosing'],
  upload: ['choosing', 'uploading', 'sign-in-again'],
  uploadNext: ['done'],
  tick: WITH_LIST,
  signIn: ['choosing', 'signing-in', 'sign-in-again', 'done', ...ENDED],
  cancelSignIn: ['signing-in'],
  pause: ['uploading'],
  resume: ['uploading'],
  pauseAll: ['uploading'],
  resumeAll: ['uploading'],
  tryNow: ['uploading'],
  cancel: ['uploading', 'sign-in-again'],
  cancelAll: ['uploading', 'sign-in-again'],
  finishLater: ['sign-in-again'],
  retry: ['choosing', 'uploading', ...ENDED],
  leaveOut: ['choosing', ...ENDED],
  reset: [...WITH_LIST, 'signing-in'],
} as const satisfies Record<string, readonly UploadPhase[]>;
export type Verb = keyof typeof VERBS;

/** From each state of a file, the states that may come next. Any file may be taken out of the list. */
export const ITEM_PHASES: Readonly<Record<ItemPhase, readonly ItemPhase[]>> = {
  preparing: ['ready', 'refused'],
  ready: ['waiting'],
  refused: [],
  waiting: ['uploading', 'paused', 'finishing', 'uploaded', 'not-done', 'ready'],
  uploading: ['paused', 'finishing', 'uploaded', 'not-done', 'ready'],
  /** What was under way at the broker already still comes to its end. */
  paused: ['waiting', 'finishing', 'uploaded', 'not-done', 'ready'],
  /** Damaged on the way: it is sent once more. */
  finishing: ['uploading', 'uploaded', 'not-done', 'ready'],
  uploaded: [],
  'not-done': ['waiting'],
};

export const MAY_PAUSE: readonly ItemPhase[] = ['waiting', 'uploading'];
export const ACTIVE: readonly ItemPhase[] = [...MAY_PAUSE, 'paused', 'finishing'];

export const mayPause = (phase: ItemPhase): boolean => MAY_PAUSE.includes(phase);
export const isActive = (phase: ItemPhase): boolean => ACTIVE.includes(phase);
