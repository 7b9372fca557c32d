import type { Link } from '../../contract/links.ts';
import type { Formats } from '../../i18n/format.ts';
import type { SendLinkWords } from '../../i18n/send-link-en.ts';

export type LinkAct = 'take-back' | 'renew' | 'keep' | 'not-now' | 'other-address';

/** How a link stands, in words, and what its sender can do about it. Acts are told, looks are not. */
export interface LinkStanding {
  readonly text: string;
  readonly tone: '' | 'ok' | 'warn' | 'bad';
  readonly acts: readonly LinkAct[];
  /** Somebody can still use it. */
  readonly isOpen: boolean;
}

/** Its recipient is nobody any more: what was kept about them is deleted. */
export const isErased = ({ recipient }: Link): boolean => recipient === '';

/** What somebody has asked or said comes first: it waits for the sender. */
export function standingOf(link: Link, words: SendLinkWords['list'], formats: Formats, now: number): LinkStanding {
  if (isErased(link)) return { text: words.erased, tone: '', acts: [], isOpen: false };
  const isOpen = link.state === 'open' || link.state === 'accepted' || link.state === 'declined';
  const { asked_at: asked, reported, renewed_as: renewed } = link;
  if (renewed === undefined && reported === 'not_for_me' && isOpen) {
    return { text: words.notForMe, tone: 'warn', acts: ['take-back', 'keep'], isOpen };
  }
  if (renewed === undefined && reported === 'not_me') {
    return { text: words.notMe, tone: 'bad', acts: ['renew', 'keep'], isOpen };
  }
  if (renewed === undefined && asked !== undefined) {
    return { text: words.asked, tone: 'warn', acts: ['renew', 'not-now'], isOpen };
  }
  if (isOpen && link.undeliverable_at !== undefined) {
    const text = link.refused === true ? words.refused : words.undeliverable;
    return { text, tone: 'bad', acts: ['other-address', 'take-back'], isOpen };
  }
  if (isOpen && link.stopped === true) return { text: words.stopped, tone: 'warn', acts: ['take-back'], isOpen };
  if (isOpen && link.locked_until !== undefined && Date.parse(link.locked_until) > now) {
    return { text: words.locked(formats.time(link.locked_until)), tone: 'warn', acts: ['renew', 'take-back'], isOpen };
  }
  return { ...byState(link, words, formats), isOpen };
}

function byState(link: Link, words: SendLinkWords['list'], { date }: Formats): Omit<LinkStanding, 'isOpen'> {
  const on = (time: string | undefined) => date(time ?? link.expires_at);
  switch (link.state) {
    case 'open':
      return { text: words.waiting, tone: '', acts: ['take-back'] };
    case 'accepted':
      return { text: words.accepted(on(link.decided_at)), tone: 'ok', acts: ['take-back'] };
    case 'claimed': {
      const { claims, claims_used: used } = link;
      const at = on(link.claimed_at);
      return {
        text: claims > 1 ? words.claimedSome(at, used, claims) : words.claimed(at),
        tone: 'ok',
        acts: ['renew'],
      };
    }
    case 'declined':
      return { text: words.declined(on(link.decided_at)), tone: '', acts: ['renew'] };
    case 'withdrawn':
      return { text: words.withdrawn(on(link.withdrawn_at)), tone: '', acts: [] };
    case 'expired':
      return { text: words.expired(on(link.expires_at)), tone: '', acts: ['renew'] };
    case 'taken_back':
      return { text: words.takenBack(on(link.taken_back_at)), tone: '', acts: ['renew'] };
    case 'renewed':
      return { text: words.renewed, tone: '', acts: [] };
  }
}
