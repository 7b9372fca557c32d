import { plural } from './plural.ts';

const files = (n: number): string => plural('en-GB', n, { one: '# file', other: '# files' });

/** What a recipient reads first, or where nothing more can be loaded. Names and dates come in formatted for their language. */
export const firstRecipientEn = {
  loading: 'Loading',
  language: 'Language',
  reference: 'Reference',

  cutLink: {
    heading: 'Part of the link is missing',
    text: 'Some mail programs cut or change links. Go back to the email, copy the whole link, and paste it here.',
    again: 'Open the link from your email again.',
    againHeading: 'This page does not keep the link',
    field: 'Link',
    problem: 'Part of this link is missing too. Copy all of it from the email.',
    open: 'Open',
  },

  cover: {
    heading: (sender: string, n: number) => `${sender} sent you ${files(n)}`,
    purpose: 'What it is for',
    from: 'From',
    fromText: (name: string, address: string) => `${name}, ${address}`,
    openUntil: 'Open until',
    looking: (sender: string) => `Looking at this page uses nothing up, and ${sender} is not told.`,
    why: (masked: string) => `To show you the files we check that it is you. We send a code to ${masked}.`,
    whyAccount: (masked: string) => `To show you the files we check that it is you. Use the account of ${masked}.`,
    send: 'Send me the code',
    signIn: (provider: string) => `Sign in with ${provider}`,
    signInInstead: (provider: string) => `Sign in with ${provider} instead`,
    signInElsewhere: (provider: string, address: string) =>
      `You can sign in with ${provider} on the page at ${address}.`,
    openElsewhere: 'Open it in a new tab',
    notMine: 'This is not for me',
    genuine: 'Is this genuine?',
    genuineAsk: (sender: string, reference: string) =>
      `Ask ${sender} for the reference, using a number or address you already had. It is ${reference}.`,
    genuineAddress: (address: string) => `This page's address starts with ${address}.`,
    genuineNever: 'We never ask for a password, a payment or a bank detail.',
    inApp: 'You are inside another app. Downloads may not work here. Open this page in your browser first.',
    copyLink: 'Copy the link',
    copied: 'Copied',
  },

  unavailable: {
    heading: 'Sorry, this does not work right now',
    text: 'Nothing has been used up. Try again in a few minutes.',
    reload: 'Reload the page',
  },
};

export type FirstRecipientWords = typeof firstRecipientEn;
