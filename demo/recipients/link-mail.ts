import type { Lang } from '../base/page.ts';
import type { Deps } from '../context/deps.ts';
import { type Block, grouped, inert, lead, longTime, renderHtml, renderText, say, shortTime } from '../mail/layout.ts';
import type { Mail } from '../mail/mailer.ts';
import { proofsOf } from './account-providers.ts';
import { noticeLanguage } from './consent/notice.ts';
import { LINK_MAIL_WORDS, type LinkMailFacts } from './link-mail-words.ts';
import type { OpenedLink } from './link-store.ts';
import type { linkTold } from './schema.ts';
import { SEE_LINKS, TOLD_WORDS } from './told-words.ts';

type Words = Pick<Mail, 'from' | 'subject' | 'text' | 'html'>;

/** Names keep their own direction inside a sentence of the other one (UAX #9: first strong isolate). */
const isolated = (text: string, lang: Lang): string => (lang === 'ar' ? `\u2068${text}\u2069` : text);

function factsOf(opened: OpenedLink, lang: Lang): LinkMailFacts {
  const { row, sender, app, files } = opened;
  const { region } = app.template;
  return {
    sender: isolated(inert(sender.name), lang),
    address: isolated(sender.address, lang),
    org: isolated(app.record.org.name, lang),
    postal: isolated(app.record.org.address, lang),
    region: region.label[lang] ?? region.label.en,
    recipient: isolated(inert(row.recipient), lang),
    purpose: isolated(inert(row.purpose), lang),
    count: files.length,
    claims: row.claims,
    reference: isolated(grouped(row.reference, '-'), lang),
    until: longTime(row.expiresAt, lang),
  };
}

function mailOf(opened: OpenedLink, lang: Lang, subject: string, blocks: readonly Block[]): Words {
  const { via } = LINK_MAIL_WORDS[lang];
  const from = via(inert(opened.sender.name), opened.app.record.org.name);
  return { from, subject, text: renderText(blocks), html: renderHtml(blocks, lang) };
}

/** The link (to the recipient). `at` holds its secrets: the one place where they ever stand. */
export function linkWords(deps: Deps, opened: OpenedLink, at: { readonly link: string; readonly stop: string }): Words {
  const lang = noticeLanguage(opened.row.language);
  const words = LINK_MAIL_WORDS[lang];
  const facts = factsOf(opened, lang);
  const { publicUrl } = deps.config;
  return mailOf(opened, lang, words.link.subject(facts), [
    say(words.link.opening(facts)),
    {
      is: 'facts',
      rows: [
        [words.purpose, facts.purpose],
        [words.until, facts.until],
        [words.reference, facts.reference],
      ],
    },
    { is: 'link', label: words.link.see, url: at.link },
    {
      is: 'list',
      heading: words.link.next,
      items: words.link.steps(facts, { hasCode: proofsOf(deps, opened).includes('code') }),
    },
    { is: 'list', heading: words.link.genuine, items: words.link.checks(facts, `${publicUrl}/`) },
    say(words.link.nothing),
    { is: 'aside', label: words.link.stop, url: at.stop },
    say(words.link.foot(facts)),
  ]);
}

/** The code (to the recipient). Holds no link. */
export function codeWords(opened: OpenedLink, code: string, expiresAt: Date): Words {
  const lang = noticeLanguage(opened.row.language);
  const words = LINK_MAIL_WORDS[lang].code;
  const facts = factsOf(opened, lang);
  const shown = grouped(code, ' ');
  return mailOf(opened, lang, words.subject(facts, shown), [
    lead(words.is(isolated(shown, lang))),
    say(words.works(shortTime(expiresAt, lang))),
    say(words.about(facts), words.reference(facts)),
    say(words.keep(facts), words.unasked),
  ]);
}

/** Where whoever sent a link finds it: the hosted page of its app, which knows these words after the `#`. Holds no secret. */
export const linksSentAt = (deps: Deps, { row }: OpenedLink): string =>
  `${deps.config.publicUrl}/u/${row.app}#links-sent`;

/**
 * What somebody with the link said, or the mail server (to the sender, and where it is grave to the owners), in
 * the language of the organisation.
 */
export function toldWords(deps: Deps, opened: OpenedLink, what: (typeof linkTold.$inferSelect)['what']): Words {
  const lang = opened.app.record.org.language ?? 'en';
  const words = LINK_MAIL_WORDS[lang];
  const facts = factsOf(opened, lang);
  const [subject, text] = TOLD_WORDS[lang][what];
  return mailOf(opened, lang, subject(facts), [
    say(text(facts)),
    {
      is: 'facts',
      rows: [
        [words.wasFor, facts.purpose],
        [words.reference, facts.reference],
      ],
    },
    { is: 'link', label: SEE_LINKS[lang], url: linksSentAt(deps, opened) },
  ]);
}
