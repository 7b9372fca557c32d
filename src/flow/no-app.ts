import { NO_AGREEMENT } from './agreement-snapshot.ts';
import { NO_UNFINISHED } from './unfinished-snapshot.ts';
import type { UploadSnapshot } from './upload-snapshot.ts';

/** Before there is a flow, and where there cannot be one. */
export const NO_APP: UploadSnapshot = Object.freeze({
  phase: 'loading',
  app: null,
  person: null,
  items: [],
  batchProblem: null,
  problem: null,
  signInNote: null,
  signIn: null,
  signInLink: null,
  isPaused: false,
  isOffline: false,
  isSlow: false,
  busyUntil: null,
  sent: 0,
  total: 0,
  msLeft: null,
  reference: null,
  room: null,
  aside: 0,
  removed: null,
  unfinished: NO_UNFINISHED,
  left: [],
  isStarting: false,
  agreement: NO_AGREEMENT,
});
