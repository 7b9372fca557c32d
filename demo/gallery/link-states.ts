import type { CheckedRecipient } from '../../src/contract/links.ts';
import type { ProblemFigures } from '../../src/contract/problems.ts';
import type { SendLink } from '../../src/elements/send-link/send-link.ts';
import { UploadError } from '../../src/errors.ts';
import type { LinkMaker } from '../../src/flow/ports.ts';
import { FILES, INSIDE, MADE, MANY_FILES, OUTSIDE, refusal, SENT } from './link-samples.ts';

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
/** An hour of the afternoon, as the broker tells it. */
const TWO = '2026-11-22T14:00:00.000Z';
/** The broker says no when the link is made. */
const refusedBy = (code: string, figures?: ProblemFigures): LinkState => ({
  ...quiet,
  typed,
  sends: true,
  links: { makeLink: () => Promise.reject(refusal(code, figures)) },
});
/** The address was inside when it was written, and is outside when the link is made. */
const foundOutside = (code: string, then: CheckedRecipient): LinkState => ({
  ...refusedBy(code),
  get links() {
    let isRefused = false;
    return {
      checkRecipient: async () => (isRefused ? then : INSIDE),
      makeLink: () => {
        isRefused = true;
        return Promise.reject(refusal(code));
      },
    };
  },
});
const list = { ...quiet, press: ['#list'], links: { listLinks: async () => ({ links: [...SENT] }) } };

/** Every screen of the form for a link: it has no flow of its own, so a state is what somebody did with it. */
export const STATES = {
  form: quiet,
  'many-files': { ...quiet, files: MANY_FILES },
  'many-files-none': { ...quiet, files: MANY_FILES, press: ['#all'] },
  'one-file': { ...quiet, files: FILES.slice(0, 1) },
  missing: { ...quiet, typed: { recipient: 'jo@', purpose: '' }, sends: true },
  sending: { ...quiet, typed, sends: true, links: { makeLink: () => new Promise<never>(() => {}) } },
  refused: { ...quiet, typed, sends: true, links: { makeLink: () => Promise.reject(new UploadError('broker_down')) } },
  'refused-other': refusedBy('internal'),
  'refused-mail-down': refusedBy('mail_down'),
  'refused-files-gone': refusedBy('not_found'),
  'refused-letters': refusedBy('address_letters'),
  'refused-purpose': refusedBy('purpose_plain'),
  'refused-stopped': refusedBy('mails_stopped'),
  'refused-outside': foundOutside('outside_consent_needed', OUTSIDE),
  'refused-not-allowed': foundOutside('not_allowed', { external: true, allowed: false }),
  'refused-busy': refusedBy('slow_down', { until: TWO }),
  'refused-busy-soon': refusedBy('slow_down'),
  'refused-address-busy': refusedBy('address_busy', { until: TWO }),
  'refused-sender-busy': refusedBy('sender_busy', { until: TWO, limit: 50 }),
  'signed-out': refusedBy('sign_in_ended'),
  'several-one-refused': {
    ...quiet,
    typed: several,
    sends: true,
    links: {
      makeLink: async (wish) => {
        if (wish.recipient.startsWith('ann')) throw new UploadError('broker_down');
        return { ...MADE, link: { ...MADE.link, recipient: wish.recipient } };
      },
    },
  },
  'no-file': { ...quiet, files: FILES.slice(0, 1), typed, press: ['[name=files]', '[type=submit]'] },
  'missing-all': { ...quiet, typed: { recipient: '', purpose: '' }, sends: true },
  'sign-in-again': {
    ...quiet,
    typed,
    sends: true,
    links: { makeLink: () => Promise.reject(new UploadError('stronger_sign_in')) },
  },
  outside: { ...quiet, typed, links: outside },
  'outside-unasked': { ...quiet, typed, links: { checkRecipient: async () => ({ external: true, allowed: true }) } },
  'outside-missing': { ...quiet, typed, sends: true, links: outside },
  'not-allowed': {
    ...quiet,
    typed,
    links: { checkRecipient: async () => ({ external: true, allowed: false }) },
  },
  several: { ...quiet, typed: several },
  'several-outside': {
    ...quiet,
    typed: several,
    links: { checkRecipient: async ({ recipient }) => (recipient.startsWith('ann') ? OUTSIDE : INSIDE) },
  },
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
  'list-loading': { ...list, links: { listLinks: () => new Promise<never>(() => {}) } },
  'list-empty': { ...list, links: {} },
  'list-unreachable': { ...list, links: { listLinks: () => Promise.reject(new UploadError('broker_down')) } },
} as const satisfies Record<string, LinkState>;
