import type { LinkMaker } from '../../src/flow/ports.ts';
import { INSIDE, MADE, PREVIEW } from './link-samples.ts';

/** A broker that takes every link inside the organisation and has sent none before; a state replaces what should go another way. */
export function recordedLinks(others: Partial<LinkMaker> = {}): LinkMaker {
  return {
    makeLink: async ({ recipient }) => ({ ...MADE, link: { ...MADE.link, recipient } }),
    checkRecipient: async () => INSIDE,
    previewLink: async () => PREVIEW,
    listLinks: async () => ({ links: [] }),
    renewLink: async () => MADE,
    keepLink: async () => {},
    takeBackLink: async () => {},
    ...others,
  };
}
