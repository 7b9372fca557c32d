/** What a sender reads. Names, dates and sizes come in formatted for their language. */
export const sendLinkEn = {
  heading: 'Send files by link',
  files: 'Files',
  filesProblem: 'Choose at least one file',
  to: 'Send to',
  toHint: 'One email address per person. Each gets their own link.',
  toProblem: 'Enter an email address like name@example.com',
  toWrong: (text: string) => `“${text}” is not an email address`,
  purpose: 'What is it for?',
  purposeHint: 'They read this before they open anything. For example: your signed contract',
  purposeProblem: 'Say what it is for',
  until: 'Works until',
  untilDate: (date: string) => `Until ${date}`,
  proof: 'They prove it is them with a code sent to this address.',
  send: 'Send link',
  goOn: 'Continue',
  sent: (address: string) => `Link sent to ${address}`,
  sentText: (date: string, from: string, reference: string) =>
    `It works until ${date}. Tell them to expect an email from ${from}, with the reference ${reference}.`,
  done: 'Done',
  another: 'Send to someone else',

  problems: {
    notAllowed: (org: string) => `Your account cannot send outside ${org}.`,
    busy: (time: string) => `Too many links at once. Try again at ${time}.`,
    busySoon: 'Too many links at once. Try again in a few minutes.',
    purposePlain: 'Plain words only: no addresses of pages or mailboxes. Leave a space after a full stop.',
    outsideNeeded: 'Read what sending outside means and say yes first.',
    mailsStopped: (address: string) => `${address} does not want mails from here. Reach them another way.`,
    addressBusy: (time: string) => `This address had enough mails for now. Try again at ${time}.`,
    senderBusy: (limit: number, time: string) => `You can send ${limit} links a day. Try again at ${time}.`,
    signIn: 'Your sign-in has ended. Nothing was sent. Sign in again, then send the link.',
    stronger: 'To send a link you are asked to confirm once more who you are. What you wrote stays.',
    filesGone: 'One of these files is no longer kept. Choose the others and try again.',
    mailDown: 'The email could not be sent. Try again in a few minutes.',
    unreachable: 'We cannot reach the service. Nothing was sent. Try again.',
    other: 'Something went wrong on our side. Nothing was sent. Try again.',
  },
};

export type SendLinkWords = typeof sendLinkEn;
