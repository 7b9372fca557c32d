import type { Kind } from './kinds.ts';

/** What the words of a problem may need, ready to be read. Absent where the problem did not say. */
export interface ProblemWordsFacts {
  readonly org: string;
  readonly provider: string;
  /** Files are chosen, and all of them are spoken of: not in the row of one. */
  readonly hasFiles: boolean;
  readonly kind: Kind;
  /** `Videos` */
  readonly kinds: string;
  readonly isKindAccepted: boolean;
  /** `photos or images` */
  readonly families: string;
  readonly size?: string;
  readonly limit?: string;
  /** A plain number: letters of a name, files at a time. */
  readonly limitCount?: string;
  /** `.pdf` */
  readonly namedEnding?: string;
  /** `a PDF` */
  readonly namedA?: string;
  /** `a ZIP archive` */
  readonly foundA?: string;
  /** `1,200`: of a picture, in pixels. */
  readonly width?: string;
  readonly height?: string;
  /** That a clock is off by; absent where it is off by days. */
  readonly minutes?: number;
  /** Which of several sentences. */
  readonly why?: string;
}

const TIPS: Partial<Record<Kind, string>> = {
  photo: ' Choose a smaller version.',
  image: ' Choose a smaller version.',
  pdf: ' Save it with smaller pictures.',
  video: ' Send a shorter one.',
};

/** No line ends within it. */
const by = (width: string, height: string): string => `${width}\u00a0×\u00a0${height}`;

/** Why a file counts as one that can run. */
const ACTIVE: Readonly<Record<string, string>> = {
  macros: 'This document has macros, which can run programs. Save it without them.',
  page: 'This is a web page, which can run programs. Save it as a PDF.',
  script: 'This drawing has a script in it and is not accepted. Save it as a PNG.',
  outside: 'This drawing loads files from other sites. Save it as a PNG.',
  unseen: 'This drawing is too long to be checked. Save it as a PNG.',
  inside: 'This file has a program hidden in it. Open it, save it again and choose the copy.',
};

const NAMES: Readonly<Record<string, string>> = {
  blank: 'The name has no letters. Rename the file.',
  path: 'The name has a slash in it. Rename it.',
  reserved: 'Windows keeps this name for itself. Rename the file.',
};

const elsewhere = 'Uploads are not available here right now.';
const unreachable = ({ hasFiles }: ProblemWordsFacts): string =>
  `We cannot reach the service.${hasFiles ? ' Your files are safe on your device.' : ''} Try again in a few minutes.`;
const ours = ({ hasFiles }: ProblemWordsFacts): string =>
  `Something went wrong on our side. ${hasFiles ? 'Your files are still on your device.' : 'Try again.'}`;
const clockMayBeOff = 'The clock of your device may be off. Set it to automatic and try again.';
const noRoom = ({ size }: ProblemWordsFacts): string =>
  size ? `${size}. There is no room for it.` : 'There is no room left.';
const signInAgain = ({ hasFiles }: ProblemWordsFacts): string =>
  `Sign in again.${hasFiles ? ' Your files stay here.' : ''}`;

/** What happened, then what to do, by code. The server's own sentence is used only for a code that is not here. */
export const problemsEn = {
  // About a file
  file_type: (p) => {
    const what = p.isKindAccepted || p.kind === 'file' ? 'This kind of file is' : `${p.kinds} are`;
    return `${what} not accepted here. Choose ${p.families}.`;
  },
  file_heic: () => 'iPhone photo (HEIC), not accepted here. On the iPhone choose Options, then Most Compatible.',
  file_mismatch: (p) => {
    if (p.why === 'inside' && p.foundA) {
      return `There is ${p.foundA} hidden in this file. Save it again and choose the copy.`;
    }
    return p.namedEnding && p.namedA && p.foundA
      ? `Named ${p.namedEnding}, but it is ${p.foundA}. Save it as ${p.namedA}, or ask for the right file.`
      : 'Its name and its content do not match. Ask for the right file.';
  },
  file_active: (p) => ACTIVE[p.why ?? ''] ?? 'This file can run programs and is not accepted.',
  file_large: (p) =>
    `${p.size && p.limit ? `${p.size} is over the limit of ${p.limit}.` : 'This file is too large.'}${TIPS[p.kind] ?? ''}`,
  file_small: (p) => {
    if (p.width && p.height && p.limitCount) {
      return `This picture is ${by(p.width, p.height)}. It needs at least ${by(p.limitCount, p.limitCount)}.`;
    }
    return p.size && p.limit ? `This file is ${p.size}. It needs at least ${p.limit}.` : 'This file is too small.';
  },
  file_dimensions: (p) => {
    if (!p.width || !p.height || !p.limitCount) {
      return 'We cannot see how large this picture is. Open it, save it again and choose the copy.';
    }
    const limit = p.why === 'pixels' ? `${p.limitCount} pixels` : by(p.limitCount, p.limitCount);
    return `This picture is ${by(p.width, p.height)}. The limit is ${limit}. Choose a smaller version.`;
  },
  file_metadata: () => 'The location in this photo cannot be removed safely. Take a screenshot of it and choose that.',
  file_empty: () => 'This file is empty. Open it once to check, then choose it again.',
  file_unreadable: () => 'This file cannot be opened. It may have been moved. Choose it again.',
  file_changed: () => 'This file was changed after you chose it. Choose it again.',
  file_name: (p) => {
    if (p.limitCount) return `The name is too long. Use up to ${p.limitCount} characters.`;
    if (p.why === 'lookalike' && p.namedEnding) {
      return `The ending of the name only looks like ${p.namedEnding}. Rename it.`;
    }
    return NAMES[p.why ?? ''] ?? 'The name has hidden characters. Rename it.';
  },
  file_duplicate: () => 'You chose this file already.',
  folder: () => 'Folders are not accepted here. Choose the files in it.',
  damaged: () => 'It could not be sent undamaged. Try another network.',
  not_stored_yet: () => 'It has not arrived yet. Try again in a moment.',
  upload_over: () => 'This took too long and was deleted. Upload it again.',
  grant_refused: () => 'It could not be uploaded. Try again in a few minutes.',
  cancelled: () => 'You stopped this upload.',

  // About a batch and the room
  too_many: (p) =>
    p.limitCount ? `You can upload ${p.limitCount} files at a time.` : 'These are too many files. Choose fewer.',
  total_large: (p) =>
    p.limit
      ? `Together these files are over ${p.limit}. Choose fewer.`
      : 'Together these files are too large. Choose fewer.',
  person_full: noRoom,
  app_full: noRoom,
  slow_down: () => 'Many people are uploading right now. Try again in a moment.',

  // About the person
  sign_in_needed: () => 'Sign in to upload.',
  sign_in_ended: signInAgain,
  sign_in_refused: (p) => `${p.provider} did not let you in. Ask ${p.org} if you should have access.`,
  sign_in_mixed: () => 'The answer came from an unexpected place. Nothing was sent. Try again.',
  sign_in_lost: () => 'The sign-in took too long or was opened twice. Try again.',
  sign_in_cancelled: () => 'The sign-in was not finished. Nothing was sent.',
  sign_in_timeout: () => 'The sign-in was not finished. Nothing was sent.',
  sign_in_unkept: () => 'Your browser keeps nothing for this page. Sign in in a new window.',
  stronger_sign_in: (p) => `For this step ${p.provider} asks you to confirm once more.`,
  popup_blocked: () => 'Your browser blocked the sign-in window',
  proof_refused: () => clockMayBeOff,
  clock: ({ minutes }) =>
    minutes === undefined
      ? clockMayBeOff
      : `The clock of your device is off by ${minutes} minutes. Set it to automatic and try again.`,
  proof_nonce: signInAgain,
  not_allowed: (p) => `${p.org} has not given this account permission.`,

  consent_needed: () => 'Tick the boxes that are needed, then upload.',
  notice_stale: () => 'This text has changed. Read it again before you upload.',

  // About the way there
  offline: () => 'You are offline. Try again when the connection is back.',
  store_unreachable: (p) => `Something between you and ${p.org} stops uploads. A different network may help.`,
  store_down: unreachable,
  broker_down: unreachable,
  broker_unexpected: ours,
  internal: ours,
  bad_request: ours,
  body_large: ours,
  not_found: ours,
  elsewhere: () => 'This upload is running in another tab.',
  idempotency_busy: () => 'It is being uploaded already. Try again in a moment.',
  idempotency_mismatch: ours,
  bucket_unsafe: () => elsewhere,
  app_unknown: () => elsewhere,
  origin_not_allowed: () => elsewhere,
  blocked_page: () => elsewhere,
  app_paused: (p) => `${p.org} has paused uploads here.`,
  app_closed: (p) => `This box is closed. Ask ${p.org} if you still need to send something.`,
  old_version: () => 'This page uses an old upload box. Reload the page.',
} as const satisfies Record<string, (facts: ProblemWordsFacts) => string>;

export type ProblemWords = { readonly [Code in keyof typeof problemsEn]: (facts: ProblemWordsFacts) => string };
