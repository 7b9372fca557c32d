import { expect } from '@open-wc/testing';
import { COVER } from '../../flow/recipient-samples.ts';
import { consentIn } from './fake-flow.ts';
import { STATES, type StateName } from './states.ts';

/** Text as a person reads it: no marks of direction, spaces as one. */
const plain = (text: string): string =>
  text
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const time = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso));

const sent = `We sent 8 digits to j•••@m•••.org at ${time('2026-11-22T13:02:00Z')}. They work until ${time('2026-11-22T13:12:00Z')}.`;

/** What must stand on each screen, word for word, in this order. */
const WORDS: Partial<Record<StateName, readonly string[]>> = {
  'cut-link': ['This page does not keep the link', 'Open the link from your email again.'],
  cover: [
    'Maria Lopez sent you 2 files',
    'What it is for',
    'Your signed rental contract',
    'From',
    'Maria Lopez, maria@acme.example',
    'Open until',
    'Reference',
    '7F3K-92QD',
    'Looking at this page uses nothing up, and Maria Lopez is not told.',
    'To show you the files we check that it is you. We send a code to j•••@m•••.org.',
    'Send me the code',
    'Is this genuine?',
    'Ask Maria Lopez for the reference, using a number or address you already had. It is 7F3K-92QD.',
    "This page's address starts with https://broker.example/.",
    'We never ask for a password, a payment or a bank detail.',
    'This is not for me',
  ],
  'cover-provider': [
    'Send me the code',
    'You can sign in with Acme ID on the page at https://broker.example/.',
    'Open it in a new tab',
    'Is this genuine?',
  ],
  'cover-account-only': [
    'To show you the files we check that it is you. Sign in with the account of j•••@m•••.org.',
    'You can sign in with Acme ID on the page at https://broker.example/.',
    'Open it in a new tab',
  ],
  'cover-other-mailbox': ['This account has another address than the one the email went to.'],
  'not-mine': [
    'Thank you',
    'Maria Lopez is told that the link may have reached the wrong person. You can close this page.',
  ],
  'signing-in': [
    'Sign in in the other window',
    'This page goes on by itself when you are back.',
    'Get a code by email',
    'Back',
  ],
  'cover-in-app': ['You are inside another app. Downloads may not work here. Open this page in your browser first.'],
  'cover-mail-down': ['The email could not be sent. Try again in a few minutes.'],
  code: ['Enter the code from your email', sent, 'Code', 'Continue', 'No email yet? Look in spam.', 'Send a new code'],
  'code-waiting': ['No email yet? Look in spam, or send a new code in 0:42.'],
  'code-no-mails': [`You can ask for another code at ${time('2026-11-22T13:34:00Z')}.`],
  'code-format': ['The code has 8 digits'],
  'code-wrong': ['That code does not match. You have 3 tries left.'],
  'code-last-try': ['That code does not match. You have 1 try left. Check that you use the newest email.'],
  'code-ended': ['That code no longer works.', 'Send a new code'],
  'code-ended-waiting': ['That code no longer works.', 'You can send a new code in 0:42.'],
  'code-old': ['That code is too old.', 'Send a new code'],
  locked: [
    'Too many wrong codes',
    `For safety, codes are paused until ${time('2026-11-22T14:04:00Z')}. The link stays open.`,
    'Ask for a new link',
  ],
  'locked-asked': ['Maria Lopez has been asked. You get an email when there is a new link.'],
  decision: [
    'Do you want to receive these files?',
    'rental-contract.pdf',
    '1.2 MB, PDF',
    'house-rules.pdf',
    '340 kB, PDF',
    'Maria Lopez, Acme Legal',
    'What Acme Legal keeps about you',
    'Your email address, your answer, and when you downloaded. For 12 months, in Germany.',
    'Why',
    'So that Acme Legal can show that the files reached you.',
    'Who can see that',
    'Acme Legal. Nobody else.',
    'Changing your mind',
    'You can withdraw at any time, from your receipt.',
    'Read the full notice',
    'Who is responsible',
    'Legal basis',
    'Your rights',
    'Complaints',
    'Fingerprint of this notice (SHA-256)',
    'Accept',
    'Decline',
    'Maria Lopez sees your answer either way. You can also leave and decide later, until',
  ],
  'decision-purposes': [
    'I will keep these files to myself.',
    'Needed to accept',
    'Acme Legal may tell me about new house rules.',
    'Your choice',
    'At most four emails a year. You can end this at any time.',
    'Accept',
  ],
  'decision-purpose-needed': ['Tick the boxes that are needed, or decline.'],
  'decision-stale': [
    'Something changed',
    'Acme Legal changed: how long it keeps your answer. Read it again before you decide.',
    'Show the new details',
  ],
  'decision-not-a-person': ['That did not look like a press by a person. Press the button again.'],
  'decision-not-saved': ['Your answer was not saved. Nothing has happened yet. Try again.'],
  download: [
    'Your files are ready',
    'Once you start, you have 15 minutes on this page.',
    'Download',
    'Email me the receipt',
    'Save receipt',
    'Withdraw',
    'What was recorded',
  ],
  'download-returning': [
    'Your files are ready',
    'You accepted on 21 November 2026. Download when you are ready, until',
  ],
  'download-receiving': [
    `Stay on this page. You can download until ${time('2026-11-22T13:19:00Z')}. After that the link is closed.`,
    '0.5 of 1.2 MB',
    'Received, 340 kB. Nothing was changed on the way.',
    'Nothing happened? Look in the downloads of your browser.',
  ],
  'download-mixed': [
    '5 minutes left.',
    '15 more minutes',
    'What arrived is not what was sent. It was not saved. Try again.',
    'The download stopped.',
    'Started. Look in your downloads.',
    'Download again',
    'Check the file',
  ],
  'download-checking': [
    'This is not the file that was sent. Choose the right one, or download it again.',
    'Checking the file.',
  ],
  received: ['All done', 'You downloaded 2 files from Acme Legal on', 'Save receipt', 'Withdraw'],
  'received-mailed': ['The receipt is on its way to j•••@m•••.org.', 'Save receipt'],
  'window-over': ['The time to download is over', 'If something is missing, ask for a new link.', 'Ask for a new link'],
  declined: [
    'You declined',
    'Maria Lopez has been told. You did not receive anything. Changed your mind? You can still accept until',
    'Show the details again',
    'Email me the receipt',
  ],
  withdrawn: [
    'You withdrew',
    'Maria Lopez has been told.',
    'Acme Legal deletes your email address and what it keeps about you by 22 December 2026.',
    'Email me the receipt',
  ],
  'withdrawn-before': ['You withdrew on 20 November 2026', 'This link no longer works.'],
  expired: ['This link is no longer open', 'It was open until 20 November 2026.', 'Ask for a new link'],
  'expired-asked': ['Maria Lopez has been asked. You get an email when there is a new link.'],
  renewed: ['There is a newer link', 'Maria Lopez sent you a new one. Open the link of the newest email.'],
  used: [
    'This link has been used',
    'The files were collected on 20 November 2026. If that was not you, tell Maria Lopez.',
    'Ask for a new link',
    'That was not me',
    'Withdraw',
  ],
  'used-reported': ['Maria Lopez has been told.'],
  'taken-back': ['This link was taken back', 'Maria Lopez closed it on 20 November 2026.', 'Contact Acme Legal'],
  'not-found': ['We do not know this link', 'It may be incomplete, or very old. Open it from the email again.'],
  busy: [`Too many attempts from here. Try again at ${time('2026-11-22T13:09:00Z')}.`],
  unavailable: [
    'Sorry, this does not work right now',
    'Nothing has been used up. Try again in a few minutes.',
    'Try again',
  ],
};

/** Before proof nobody may read what the files are. */
const UNPROVED: readonly StateName[] = [
  'loading',
  'cover',
  'code',
  'code-wrong',
  'not-mine',
  'signing-in',
  'locked',
  'expired',
  'renewed',
  'used',
  'taken-back',
  'withdrawn-before',
  'not-found',
];

describe('the words of each screen', () => {
  afterEach(() => {
    document.body.replaceChildren();
    document.documentElement.lang = '';
  });
  beforeEach(() => {
    document.documentElement.lang = 'en';
  });

  for (const [name, words] of Object.entries(WORDS) as [StateName, readonly string[]][]) {
    it(`${name} says what the design guide says`, async () => {
      const { root } = await consentIn(STATES[name]);
      const text = plain(root.querySelector('.card')?.textContent ?? '');
      let from = 0;
      for (const sentence of words) {
        const at = text.indexOf(sentence, from);
        expect(at, `"${sentence}" in "${text.slice(from)}"`).to.be.at.least(0);
        from = at + sentence.length;
      }
    });
  }

  for (const name of UNPROVED) {
    it(`${name} names no file`, async () => {
      const { root } = await consentIn(STATES[name]);
      expect(root.textContent).not.to.match(/rental-contract|house-rules|\.pdf/);
    });
  }

  it('a hidden character in a name is not drawn, and a long name keeps its ending', async () => {
    const name = `invoice\u202efdp.${'very-long-'.repeat(20)}october.exe`;
    const { deliveries } = STATES.download;
    const [first] = deliveries;
    if (!first) throw new Error('no delivery');
    const file = { ...first.file, name };
    const { root } = await consentIn({ ...STATES.download, deliveries: [{ ...first, file }] });
    const shown = root.querySelector('.name')?.textContent ?? '';
    expect(shown).not.to.contain('\u202e');
    expect(shown).to.match(/….*october\.exe$/);
    expect(root.querySelector('.name bdi')?.getAttribute('dir')).to.equal('auto');
  });

  it('an address that is no link stays text', async () => {
    const { root } = await consentIn({ ...STATES.used, cover: { ...COVER, contact: 'javascript:alert(1)' } });
    expect(root.querySelector('a')).to.equal(null);
  });
});
