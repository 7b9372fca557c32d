import type { LinkMaker } from '../../src/flow/ports.ts';
import { INSIDE, MADE, PREVIEW } from './link-samples.ts';

/** A broker that takes every link inside the organisation and has sent none before; a state replaces what should go another way. */
export function recordedLinks(others: Partial<LinkMaker> = {}): LinkMaker {
  return {
    makeLink: async ({ recipient }) => ({
      ...MADE,
      link: { ...MADE.link, recipient, reference: referenceFor(recipient) },
    }),
    checkRecipient: async () => INSIDE,
    previewLink: async () => PREVIEW,
    listLinks: async () => ({ links: [] }),
    renewLink: async () => MADE,
    keepLink: async () => {},
    takeBackLink: async () => {},
    ...others,
  };
}

/** Each link has its own. */
const referenceFor = (recipient: string) => (recipient === MADE.link.recipient ? MADE.link.reference : 'K4M8TD2W');
