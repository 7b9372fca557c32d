import type { Link } from '../../contract/links.ts';
import { asUploadError, type UploadError } from '../../errors.ts';
import type { LinkMaker } from '../../flow/ports.ts';
import { NO_LIST, type SentList } from './list.ts';

export interface SentLinksHost {
  /** What the list is read and changed by; null where nobody is signed in. */
  readonly links: LinkMaker | null;
  requestUpdate(): void;
  /** In words. */
  problemOf(error: UploadError, recipient: string): string;
}

/** What a sender sees and does of the links that they sent. One thing at a time. */
export class SentLinks {
  readonly #host: SentLinksHost;
  #list: SentList = NO_LIST;

  constructor(host: SentLinksHost) {
    this.#host = host;
  }

  get list(): SentList {
    return this.#list;
  }

  /** From the beginning; what was shown before stays until there is an answer. */
  async read(): Promise<void> {
    await this.#readPage(undefined, []);
  }

  async more(): Promise<void> {
    const { next, links } = this.#list;
    if (next !== undefined) await this.#readPage(next, links ?? []);
  }

  ask(link: Link): void {
    this.#set({ asking: link.id, problem: null });
  }

  leave(): void {
    this.#set({ asking: null });
  }

  /** True where it is done. */
  async takeBack(link: Link): Promise<boolean> {
    return this.#change(link, (links) => links.takeBackLink(link.id));
  }

  async keep(link: Link): Promise<boolean> {
    return this.#change(link, (links) => links.keepLink(link.id));
  }

  async renew(link: Link): Promise<boolean> {
    return this.#change(link, async (links) => void (await links.renewLink(link.id, {})));
  }

  async #readPage(cursor: string | undefined, before: readonly Link[]): Promise<void> {
    const { links } = this.#host;
    if (!links || this.#list.isReading) return;
    this.#set({ isReading: true, problem: null });
    try {
      const page = await links.listLinks(cursor);
      const known = new Set(before.map(({ id }) => id));
      this.#set({ links: [...before, ...page.links.filter(({ id }) => !known.has(id))], next: page.next });
    } catch (cause) {
      this.#fail(cause, null, '');
    }
    this.#set({ isReading: false });
  }

  /** Then the list is read anew: what became of the link is the broker's to say. */
  async #change(link: Link, act: (links: LinkMaker) => Promise<void>): Promise<boolean> {
    const { links } = this.#host;
    if (!links || this.#list.busy !== null) return false;
    this.#set({ busy: link.id, asking: null, problem: null });
    try {
      await act(links);
    } catch (cause) {
      this.#set({ busy: null });
      this.#fail(cause, link.id, link.recipient);
      return false;
    }
    this.#set({ busy: null });
    await this.read();
    return true;
  }

  #fail(cause: unknown, link: string | null, recipient: string): void {
    const text = this.#host.problemOf(asUploadError(cause, 'broker_unexpected'), recipient);
    this.#set({ problem: { link, text } });
  }

  #set(change: Partial<SentList>): void {
    this.#list = { ...this.#list, ...change };
    this.#host.requestUpdate();
  }
}
