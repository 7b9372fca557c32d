import type { SendLink } from '../../src/elements/send-link/send-link.ts';
import { UploadError } from '../../src/errors.ts';
import { FILES, MADE } from './link-samples.ts';

interface LinkState {
  readonly files: SendLink['files'];
  /** What is written into the fields before "Send link" is pressed; null where nobody has pressed. */
  readonly typed: { readonly recipient: string; readonly purpose: string } | null;
  /** How the broker answers. */
  readonly answer: () => ReturnType<NonNullable<SendLink['links']>['makeLink']>;
}

export const typed = { recipient: 'jo@mail.example', purpose: 'Your signed rental contract' };
const made = async () => MADE;

/** Every screen of the form for a link: it has no flow of its own, so a state is what somebody did with it. */
export const STATES = {
  form: { files: FILES, typed: null, answer: made },
  'one-file': { files: FILES.slice(0, 1), typed: null, answer: made },
  missing: { files: FILES, typed: { recipient: 'jo@', purpose: '' }, answer: made },
  sending: { files: FILES, typed, answer: () => new Promise<never>(() => {}) },
  refused: { files: FILES, typed, answer: () => Promise.reject(new UploadError('broker_down')) },
  sent: { files: FILES, typed, answer: made },
} as const satisfies Record<string, LinkState>;
