import type { MakeLink } from '../../contract/links.ts';

export interface LinkAttempt {
  readonly wish: MakeLink;
  /** Of its Idempotency-Key: pressed again after a lost answer, the broker finds the link that it made. */
  readonly key: string;
}

/**
 * What was asked for each address and has no answer yet. The same wish again is the same attempt, with the time of the
 * first press: another one would be another wish, and a second mail.
 */
export class LinkAttempts {
  readonly #open = new Map<string, LinkAttempt & { readonly said: string }>();

  of(wish: MakeLink, days: number): LinkAttempt {
    const said = JSON.stringify([{ ...wish, expires_at: '' }, days]);
    const open = this.#open.get(wish.recipient);
    if (open?.said === said) return open;
    const attempt = { wish, said, key: crypto.randomUUID() };
    this.#open.set(wish.recipient, attempt);
    return attempt;
  }

  /** Its link is here; whatever is asked next is another. */
  end({ wish }: LinkAttempt): void {
    this.#open.delete(wish.recipient);
  }
}
