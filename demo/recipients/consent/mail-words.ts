import * as v from 'valibot';
import { Notice } from '../../../src/contract/index.ts';
import type { Lang } from '../../base/page.ts';
import type { Deps } from '../../context/deps.ts';
import { type Block, grouped, inert, lead, longTime, renderHtml, renderText, say } from '../../mail/layout.ts';
import type { Mail } from '../../mail/mailer.ts';
import { linksSentAt } from '../link-mail.ts';
import { LINK_MAIL_WORDS } from '../link-mail-words.ts';
import type { OpenedLink } from '../link-store.ts';
import type { consent } from '../schema.ts';
import { SEE_LINKS } from '../told-words.ts';
import { CONSENT_MAILS, type MailNames } from './mail-texts.ts';
import { noticeLanguage } from './notice.ts';
import type { ConsentEvent } from './record.ts';

type Words = Pick<Mail, 'from' | 'subject' | 'text' | 'html'>;
export type SenderEvent = ConsentEvent | 'downloaded';

const DAY_MS = 86_400_000;

/**
 * The receipt (to the recipient), in the language of the notice that was answered: what was said, what is kept, and the
 * way back. `withdraw` is an address with a secret; nothing else in the mail is.
 */
export function receiptWords(
  opened: OpenedLink,
  kept: typeof consent.$inferSelect,
  addresses: { readonly withdraw: string | undefined; readonly verify: string },
): Words {
  const { event, record } = kept;
  const notice = v.parse(Notice, JSON.parse(record.privacy_notice));
  const lang = noticeLanguage(notice.language);
  const texts = CONSENT_MAILS[lang];
  const names = namesOf(opened, lang, notice.files.length);
  const line = notice.lines.find(({ id }) => id === 'kept');
  const eraseBy = longTime(new Date(kept.at.getTime() + opened.rules.erase_days * DAY_MS), lang);
  return mail(opened, lang, texts.receipt.subject[event](names), [
    lead(texts.receipt.did[event](names)),
    say(`${longTime(kept.at, lang)}. ${texts.reference(isolate(grouped(record.reference, '-'), lang))}`),
    event === 'withdrawn'
      ? say(texts.receipt.deleted(names, eraseBy))
      : say(...(line ? [`${line.label}:`, line.text] : [])),
    ...(event === 'declined' ? [say(texts.receipt.canAccept(longTime(opened.row.expiresAt, lang)))] : []),
    ...(addresses.withdraw === undefined
      ? []
      : [{ is: 'aside', label: texts.receipt.withdraw, url: addresses.withdraw } as const]),
    { is: 'aside', label: texts.receipt.check, url: addresses.verify },
    say(texts.receipt.attached),
  ]);
}

/** What the recipient did (to the sender), in the language of the organisation. */
export function senderWords(deps: Deps, opened: OpenedLink, event: SenderEvent, alsoAccepted: boolean): Words {
  const lang = opened.app.record.org.language ?? 'en';
  const { sender } = CONSENT_MAILS[lang];
  const names = namesOf(opened, lang, opened.files.length);
  const act = event === 'downloaded' && alsoAccepted ? 'both' : event;
  const withdrawnAt = opened.row.withdrawnAt ?? new Date(0);
  const until = longTime(opened.row.expiresAt, lang);
  const eraseBy = longTime(new Date(withdrawnAt.getTime() + opened.rules.erase_days * DAY_MS), lang);
  const did = sender.did[act](names);
  return mail(opened, lang, did, [
    lead(`${did}.`),
    say(sender.more[act](names, event === 'withdrawn' ? eraseBy : until)),
    {
      is: 'facts',
      rows: [
        [sender.purpose, isolate(inert(opened.row.purpose), lang)],
        [sender.reference, isolate(grouped(opened.row.reference, '-'), lang)],
      ],
    },
    { is: 'aside', label: SEE_LINKS[lang], url: linksSentAt(deps, opened) },
  ]);
}

function namesOf({ sender, app, row }: OpenedLink, lang: Lang, files: number): MailNames {
  return {
    sender: isolate(inert(sender.name), lang),
    org: isolate(app.record.org.name, lang),
    to: isolate(inert(row.recipient), lang),
    files: CONSENT_MAILS[lang].files(files),
  };
}

function mail(opened: OpenedLink, lang: Lang, subject: string, blocks: readonly Block[]): Words {
  const from = LINK_MAIL_WORDS[lang].via(inert(opened.sender.name), opened.app.record.org.name);
  return { from, subject, text: renderText(blocks), html: renderHtml(blocks, lang) };
}

const isolate = (text: string, lang: Lang): string => (lang === 'ar' ? `\u2068${text}\u2069` : text);
