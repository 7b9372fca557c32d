import type { LinkMaker } from '../flow/ports.ts';

/** Links by a client that comes with the first of them. */
export function lazyLinks(client: () => Promise<LinkMaker>): LinkMaker {
  return {
    makeLink: async (link, key) => (await client()).makeLink(link, key),
    checkRecipient: async (asked) => (await client()).checkRecipient(asked),
    previewLink: async (link) => (await client()).previewLink(link),
    listLinks: async (cursor) => (await client()).listLinks(cursor),
    renewLink: async (id, wish) => (await client()).renewLink(id, wish),
    keepLink: async (id) => (await client()).keepLink(id),
    takeBackLink: async (id) => (await client()).takeBackLink(id),
  };
}
