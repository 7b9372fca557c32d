import { expect } from '@open-wc/testing';
import { recipientLanguages } from '../../../src/i18n/recipient-languages.ts';
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
    'Ask Maria Lopez for the reference, using a number or address you already had. It is 7F3K\u2060-\u206092QD.',
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
    'To show you the files we check that it is you. Use the account of j•••@m•••.org.',
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
  'code-ended': ['You need a new code', 'That code no longer works.', 'Send a new code'],
  'code-ended-waiting': ['You need a new code', 'That code no longer works.', 'You can send a new code in 0:42.'],
  'code-old': ['You need a new code', 'That code is too old.', 'Send a new code'],
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
  'download-files-gone': [
    'These files are no longer kept',
    'Ask Maria Lopez to send them again.',
    'Contact Acme Legal',
  ],
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

  it('decision-not-embedded leads to where an answer counts, and offers none', async () => {
    const { root } = await consentIn(STATES['decision-not-embedded']);
    const buttons = [...root.querySelectorAll('.card .button')].map((button) => plain(button.textContent ?? ''));
    expect(buttons).to.deep.equal(['Open it in a new tab']);
    expect(root.querySelector('.card')?.textContent).not.to.contain('sees your answer either way');
  });

  it('received-files-gone alarms nobody who has the files', async () => {
    const { root } = await consentIn(STATES['received-files-gone']);
    expect(root.querySelector('.problem')).to.equal(null);
    expect(plain(root.querySelector('.note')?.textContent ?? '')).to.equal(
      'These files are no longer kept. Ask the sender.',
    );
    const before = await consentIn({ ...STATES.decision, problem: { code: 'not_found' } });
    expect(before.root.querySelectorAll('.problem')).to.have.length(1);
  });

  it('a hidden character in a name is not drawn, and a long name keeps its ending', async () => {
    const name = `invoice\u202efdp.${'very-long-'.repeat(20)}october.exe`;
    const { deliveries } = STATES.download;
    const [first] = deliveries;
    if (!first) throw new Error('no delivery');
    const file = { ...first.file, name };
    const { root } = await consentIn({ ...STATES.download, deliveries: [{ ...first, file }] });
    const shown = plain(root.querySelector('.name')?.textContent ?? '');
    expect(shown).not.to.contain('\u202e');
    expect(shown).to.match(/….*october\.exe$/);
    expect(root.querySelector('.name bdi')?.getAttribute('dir')).to.equal('auto');
  });

  const boxOf = (width: number) => {
    const box = document.createElement('div');
    box.style.inlineSize = `${width}px`;
    document.body.append(box);
    return box;
  };

  for (const [state, width, letters] of [
    ['decision-long', 320, 44],
    ['decision-long', 480, 88],
    ['download-long', 320, 44],
    ['download-long', 480, 44],
    ['download-long', 720, 88],
  ] as const) {
    it(`a long name takes two lines of ${state} at ${width} pixels, and is whole after a press`, async () => {
      const { element, root } = await consentIn(STATES[state], boxOf(width));
      const names = [...root.querySelectorAll<HTMLElement>('button.name')].filter((one) => one.checkVisibility());
      expect(names.map(({ textContent }) => [...plain(textContent ?? '')].length)).to.deep.equal([letters]);
      const [name] = names;
      if (!name) throw new Error('no name');
      expect(name.clientHeight / Number.parseFloat(getComputedStyle(name).lineHeight)).to.be.at.most(2.01);
      const whole = name.title;
      expect(whole).to.match(/^(rental-contract-of-the-fourth-floor-){6}signed\.pdf$/);
      expect(name.getAttribute('aria-label')).to.equal(`Show the whole name: ${whole}`);
      name.click();
      await element.updateComplete;
      expect(plain(root.querySelector('.name')?.textContent ?? '')).to.equal(whole);
      expect(root.querySelectorAll('button.name')).to.have.length(0);
    });
  }

  it('names of two lines begin on the right in Arabic: of the organisation, and of a file', async () => {
    document.documentElement.lang = 'ar';
    try {
      await recipientLanguages.load('ar');
      const { root } = await consentIn(STATES['download-long'], boxOf(320));
      for (const name of ['.top bdi', 'button.name.when-compact bdi']) {
        const rights = [...(root.querySelector(name)?.getClientRects() ?? [])].map(({ right }) => Math.round(right));
        expect(new Set(rights).size, name).to.equal(1);
        expect(rights.length, name).to.be.above(1);
      }
    } finally {
      document.documentElement.lang = '';
    }
  });

  it('the dots of a busy button stand between its words and its edge', async () => {
    const { root } = await consentIn(STATES['cover-busy'], boxOf(320));
    const button = root.querySelector('.button.busy');
    if (!button) throw new Error('no busy button');
    const { columnGap, paddingInlineEnd } = getComputedStyle(button);
    const dots = getComputedStyle(button, '::after');
    const start = Number.parseFloat(columnGap) + Number.parseFloat(dots.marginInlineStart);
    const width = Number.parseFloat(dots.inlineSize);
    expect(start).to.be.at.least(0);
    expect(start + width).to.be.at.most(Number.parseFloat(paddingInlineEnd));
    expect(start + width + Number.parseFloat(dots.marginInlineEnd), 'moves the words').to.equal(0);
  });

  it('no button to download all is filled while a saved file is looked at, and nothing is left to download', async () => {
    const { root } = await consentIn(STATES['download-checking']);
    expect(root.querySelectorAll('.button.primary')).to.have.length(0);
    const more = await consentIn(STATES['download-mixed']);
    // One press for all is for a mouse, which an engine without a screen may not have.
    const next = matchMedia('(hover: hover) and (pointer: fine)').matches ? 'Download all 3' : 'Download';
    expect(plain(more.root.querySelector('.button.primary')?.textContent ?? '')).to.equal(next);
  });

  it('an address that is no link stays text', async () => {
    const { root } = await consentIn({ ...STATES.used, cover: { ...COVER, contact: 'javascript:alert(1)' } });
    expect(root.querySelector('a')).to.equal(null);
  });
});
