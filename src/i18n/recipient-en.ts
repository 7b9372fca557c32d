import { plural } from './plural.ts';
import { firstRecipientEn } from './recipient-first-en.ts';

const files = (n: number): string => plural('en-GB', n, { one: '# file', other: '# files' });

/** What a recipient reads. Names, dates and sizes come in formatted for their language. */
export const recipientEn = {
  ...firstRecipientEn,

  tryAgain: 'Try again',
  wholeName: (name: string) => `Show the whole name: ${name}`,
  contact: (org: string) => `Contact ${org}`,

  notMine: {
    heading: 'Thank you',
    text: (sender: string) =>
      `${sender} is told that the link may have reached the wrong person. You can close this page.`,
  },

  signingIn: {
    heading: 'Sign in in the other window',
    text: 'This page goes on by itself when you are back.',
    stop: 'Back',
    code: 'Get a code by email',
    blocked: 'Your browser blocked the sign-in window',
    blockedText: 'Open it with this button. This page goes on by itself when you are back.',
    open: 'Open sign-in',
  },

  code: {
    heading: 'Enter the code from your email',
    ended: 'You need a new code',
    sent: (masked: string, at: string, until: string) =>
      `We sent 8 digits to ${masked} at ${at}. They work until ${until}.`,
    field: 'Code',
    continue: 'Continue',
    noMail: 'No email yet? Look in spam.',
    noMailFor: (clock: string) => `No email yet? Look in spam, or send a new code in ${clock}.`,
    newCodeIn: (clock: string) => `You can send a new code in ${clock}.`,
    sendNew: 'Send a new code',
    anotherAt: (time: string) => `You can ask for another code at ${time}.`,
  },

  locked: {
    heading: 'Too many wrong codes',
    text: (time: string) => `For safety, codes are paused until ${time}. The link stays open.`,
  },

  ask: {
    press: 'Ask for a new link',
    asked: (sender: string) => `${sender} has been asked. You get an email when there is a new link.`,
  },

  decision: {
    full: 'Read the full notice',
    purposes: 'What you may say yes to besides',
    yourChoice: 'Your choice',
    needed: 'Needed to accept',
    details: 'Details',
    version: 'Notice version',
    language: 'Language',
    fingerprint: 'Fingerprint of this notice (SHA-256)',
    acceptName: 'Accept and get the files',
    declineName: 'Decline, get nothing',
    either: (sender: string, date: string) =>
      `${sender} sees your answer either way. You can also leave and decide later, until ${date}.`,
    staleHeading: 'Something changed',
    stale: (org: string, what: string) => `${org} changed: ${what}. Read it again before you decide.`,
    staleUnknown: 'Read it again before you decide.',
    staleParts: {
      sender: 'who sends the files',
      purpose: 'what they are for',
      files: 'the files',
      kept: 'how long it keeps your answer',
      seen: 'who can see your answer',
      choices: 'what you are asked besides',
      rest: 'other details',
    },
    showNew: 'Show the new details',
    changed: 'Changed',
  },

  download: {
    heading: 'Your files are ready',
    returning: (date: string) => `You accepted on ${date}.`,
    before: (date: string, minutes: number) =>
      `Download when you are ready, until ${date}. Once you start, you have ${minutes} minutes on this page.`,
    stay: (time: string) => `Stay on this page. You can download until ${time}. After that the link is closed.`,
    ending: (n: number) => `${n} minutes left.`,
    endingSpoken: (n: number) => `${n} minutes left to download.`,
    get: 'Download',
    getAgain: 'Download again',
    getNamed: (name: string) => `Download ${name}`,
    getAgainNamed: (name: string) => `Download ${name} again`,
    getAll: (n: number) => `Download all ${n}`,
    ready: (size: string, kind: string) => `${size}, ${kind}`,
    receiving: (part: string, whole: string) => `${part} of ${whole}`,
    started: 'Started. Look in your downloads.',
    received: (size: string) => `Received, ${size}. Nothing was changed on the way.`,
    differs: 'What arrived is not what was sent. It was not saved. Try again.',
    interrupted: 'The download stopped.',
    check: 'Check the file',
    checkNamed: (name: string) => `Check the file: choose ${name} from your downloads`,
    checking: 'Checking the file.',
    otherCopy: 'This is not the file that was sent. Choose the right one, or download it again.',
    more: (n: number) => `${n} more minutes`,
    nothing: 'Nothing happened? Look in the downloads of your browser.',
    over: 'The time to download is over',
    overText: 'If something is missing, ask for a new link.',
    gone: 'These files are no longer kept',
    goneText: (sender: string) => `Ask ${sender} to send them again.`,
  },

  receipt: {
    mail: 'Email me the receipt',
    mailed: (masked: string) => `The receipt is on its way to ${masked}.`,
    save: 'Save receipt',
    withdraw: 'Withdraw',
  },

  log: {
    open: 'What was recorded',
    what: 'What happened',
    when: 'When',
    acts: {
      opened: 'The link was opened',
      code_sent: 'A code was sent',
      proven: 'You proved that it is you',
      accepted: 'You accepted',
      declined: 'You declined',
      withdrawn: 'You withdrew',
      downloaded: 'You downloaded',
      locked: 'Codes were paused',
    },
    kept: (period: string) => `This is kept for ${period}. The sender sees what you did, not that you looked.`,
  },

  declined: {
    heading: 'You declined',
    text: (sender: string, date: string) =>
      `${sender} has been told. You did not receive anything. Changed your mind? You can still accept until ${date}.`,
    show: 'Show the details again',
  },

  received: {
    heading: 'All done',
    text: (n: number, org: string, date: string) => `You downloaded ${files(n)} from ${org} on ${date}.`,
  },

  ended: {
    expired: 'This link is no longer open',
    expiredText: (date: string) => `It was open until ${date}.`,
    used: 'This link has been used',
    usedText: (sender: string, date: string) =>
      `The files were collected on ${date}. If that was not you, tell ${sender}.`,
    usedUndated: 'The files were collected. If that was not you, tell the sender.',
    takenBack: 'This link was taken back',
    takenBackText: (sender: string, date: string) => `${sender} closed it on ${date}.`,
    notMe: 'That was not me',
    reported: (sender: string) => `${sender} has been told.`,
    withdrawn: (date: string) => `You withdrew on ${date}`,
    withdrawnText: 'This link no longer works.',
    renewed: 'There is a newer link',
    renewedText: (sender: string) => `${sender} sent you a new one. Open the link of the newest email.`,
    notFound: 'We do not know this link',
    notFoundText: 'It may be incomplete, or very old. Open it from the email again.',
    busy: (time: string) => `Too many attempts from here. Try again at ${time}.`,
    busyHeading: 'Wait a moment',
  },

  withdraw: {
    heading: 'Withdraw?',
    about: (sender: string, org: string, n: number) => `This is about ${files(n)} that ${sender} at ${org} sent you.`,
    why: (masked: string) => `First we check that it is you. We send a code to ${masked}.`,
    whyAccount: (masked: string) => `First we check that it is you. Use the account of ${masked}.`,
    text: (sender: string) => `${sender} is told. The link stops working at once.`,
    deletes: (org: string) => `${org} deletes your email address and what it keeps about you.`,
    files: 'Files you saved stay on your device.',
    mark: 'A mark without your name stays in the log, so that nobody can rewrite it.',
    yes: 'Withdraw',
    no: 'Keep as it is',
    done: 'You withdrew',
    doneText: (sender: string) => `${sender} has been told.`,
    eraseBy: (org: string, date: string) => `${org} deletes your email address and what it keeps about you by ${date}.`,
  },

  problems: {
    codeFormat: 'The code has 8 digits',
    codeWrong: (n: number) =>
      n === 1
        ? 'That code does not match. You have 1 try left. Check that you use the newest email.'
        : `That code does not match. You have ${n} tries left.`,
    codeWrongUncounted: 'That code does not match. Check that you use the newest email.',
    codeEnded: 'That code no longer works.',
    codeOld: 'That code is too old.',
    mailDown: 'The email could not be sent. Try again in a few minutes.',
    otherMailbox:
      'This account has another address than the one the email went to. Use the right account, or ask for a code.',
    windowUnopened: 'Press Download first. The time begins then.',
    windowExtended: 'You had more time once already. Download what is missing before the time shown.',
    notAPerson: 'That did not look like a press by a person. Press the button again.',
    notSaved: 'Your answer was not saved. Nothing has happened yet. Try again.',
    notEmbedded: 'Your answer counts only on our own page. Open the link from your email there.',
    proofOver: 'You were away for a while, so we check again that it is you. Nothing is lost.',
    clock: 'The clock of your device may be off. Set it to automatic and try again.',
    purposeNeeded: 'Tick the boxes that are needed, or decline.',
    signInLost: 'The sign-in did not work. Try again, or ask for a code.',
    filesGone: 'These files are no longer kept. Ask the sender.',
    unreachable: 'We cannot reach the service. Nothing is lost. Try again.',
    other: 'Something went wrong on our side. Nothing has been used up. Try again.',
  },
};

export type RecipientWords = typeof recipientEn;
