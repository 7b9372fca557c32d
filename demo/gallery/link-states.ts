import type { SendLink } from '../../src/elements/send-link/send-link.ts';
import { UploadError } from '../../src/errors.ts';
import type { LinkMaker } from '../../src/flow/ports.ts';
import { FILES, OUTSIDE, SENT } from './link-samples.ts';

interface LinkState {
  readonly files: SendLink['files'];
  /** What is written into the fields; null where nobody has. */
  readonly typed: { readonly recipient: string; readonly purpose: string } | null;
  /** Whether "Send link" is pressed then. */
  readonly sends: boolean;
  /** Pressed afterwards, one after the other, as CSS finds them. */
  readonly press: readonly string[];
  /** Where the broker answers otherwise than yes. */
  readonly links: Partial<LinkMaker>;
}

export const typed = { recipient: 'jo@mail.example', purpose: 'Your signed rental contract' };
const several = { ...typed, recipient: 'jo@mail.example, ann@mail.example' };
const quiet = { files: FILES, typed: null, sends: false, press: [], links: {} } as const;
const outside = { checkRecipient: async () => OUTSIDE };
const list = { ...quiet, press: ['#list'], links: { listLinks: async () => ({ links: [...SENT] }) } };

/** Every screen of the form for a link: it has no flow of its own, so a state is what somebody did with it. */
export const STATES = {
  form: quiet,
  'one-file': { ...quiet, files: FILES.slice(0, 1) },
  missing: { ...quiet, typed: { recipient: 'jo@', purpose: '' }, sends: true },
  sending: { ...quiet, typed, sends: true, links: { makeLink: () => new Promise<never>(() => {}) } },
  refused: { ...quiet, typed, sends: true, links: { makeLink: () => Promise.reject(new UploadError('broker_down')) } },
  'sign-in-again': {
    ...quiet,
    typed,
    sends: true,
    links: { makeLink: () => Promise.reject(new UploadError('stronger_sign_in')) },
  },
  outside: { ...quiet, typed, links: outside },
  'outside-missing': { ...quiet, typed, sends: true, links: outside },
  'not-allowed': {
    ...quiet,
    typed,
    links: { checkRecipient: async () => ({ external: true, allowed: false }) },
  },
  several: { ...quiet, typed: several },
  preview: { ...quiet, typed, press: ['#preview'] },
  'preview-missing': { ...quiet, press: ['#preview'] },
  sent: { ...quiet, typed, sends: true },
  'sent-several': { ...quiet, typed: several, sends: true },
  list,
  'list-asking': { ...list, press: ['#list', '#link-waiting button'] },
  'list-refused': {
    ...list,
    press: ['#list', '#link-waiting button', '.ask .button'],
    links: { ...list.links, takeBackLink: () => Promise.reject(new UploadError('broker_down')) },
  },
  'list-alone': { ...list, files: [], press: [] },
  'list-more': {
    ...list,
    links: { listLinks: async () => ({ links: SENT.slice(0, 2), next: 'next-page' }) },
  },
  'list-empty': { ...list, links: {} },
  'list-unreachable': { ...list, links: { listLinks: () => Promise.reject(new UploadError('broker_down')) } },
} as const satisfies Record<string, LinkState>;
