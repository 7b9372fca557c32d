import {
  canonical,
  type LegalBasis,
  NOTICE_VERSION,
  type Notice,
  type NoticeLine,
  type NoticePurpose,
} from '../../../src/contract/index.ts';
import { sha256 } from '../../base/ids.ts';
import type { Lang } from '../../base/page.ts';
import { inLanguage } from '../../base/page-language.ts';
import { calledOf } from '../../uploads/upload-store.ts';
import type { OpenedLink } from '../link-store.ts';
import { NOTICE_WORDS } from './notice-words.ts';

/** The languages of our notices; the purposes of a template must be there in them too. */
export const NOTICE_LANGUAGES: readonly Lang[] = ['en', 'de', 'ar'];

/** The notice of a link as it stands now, and the JSON of it that is hashed and signed. */
export interface SealedNotice {
  readonly notice: Notice;
  /** RFC 8785 */
  readonly canonical: string;
  /** base64 */
  readonly sha256: string;
}

export function sealNotice(opened: OpenedLink, language: Lang): SealedNotice {
  const notice = composeNotice(opened, language);
  const json = canonical(notice);
  return { notice, canonical: json, sha256: sha256(json).toString('base64') };
}

/** The best for a BCP 47 tag, which a sender or a browser may have made up. */
export function noticeLanguage(tag: string): Lang {
  const base = tag.split('-', 1)[0]?.toLowerCase();
  return NOTICE_LANGUAGES.find((language) => language === base) ?? 'en';
}

function composeNotice(opened: OpenedLink, language: Lang): Notice {
  const { row, app, rules, sender, files } = opened;
  const { org } = app.record;
  const region = inLanguage(app.template.region.label, language);
  const data_kept: Notice['data_kept'] = ['email_address', 'answer', 'download_time'];
  if (rules.log_networks) data_kept.push('network');
  return {
    version: NOTICE_VERSION,
    language,
    question: NOTICE_WORDS[language].question,
    ...linesOf(opened, language, data_kept, region),
    purposes: purposesOf(opened, language),
    choices: { accept: NOTICE_WORDS[language].accept, decline: NOTICE_WORDS[language].decline },
    controller: { name: org.name, address: org.address, contact: org.contact },
    sender: { name: sender.name, address: sender.address },
    purpose: row.purpose,
    files: files.map((file) => ({ ...calledOf(file), size: file.size, type: file.type })),
    data_kept,
    legal_basis: rules.legal_basis,
    region,
    kept_months: rules.record_months,
    who_sees: [org.name, ...rules.shared_with],
    rights: rightsOf(rules.legal_basis),
    authority: { ...org.authority, name: org.authority?.name ?? NOTICE_WORDS[language].anyAuthority },
  };
}

function linesOf(
  { row, app, rules, sender }: OpenedLink,
  language: Lang,
  data: Notice['data_kept'],
  region: string,
): Pick<Notice, 'lines' | 'full'> {
  const words = NOTICE_WORDS[language];
  const { labels } = words;
  const { name, address, contact, authority } = app.record.org;
  const isolate = (text: string) => isolated(text, language);
  const org = isolate(name);
  const kept = sentence(
    listed(
      data.map((one) => words.data[one]),
      language,
    ),
  );
  const months = period(rules.record_months, 'month', language);
  const rights = rightsOf(rules.legal_basis).flatMap((one) => (one === 'complain' ? [] : words.right[one]));
  const line = (id: NoticeLine['id'], text: string, label = labels[id]): NoticeLine => ({
    id,
    label: typeof label === 'string' ? label : label(org),
    text,
  });
  const log = words.log(period(rules.log_days, 'day', language));
  return {
    lines: [
      line('sender', words.sender(isolate(sender.name), org)),
      line('purpose', isolate(row.purpose)),
      line('kept', words.kept(kept, months, isolate(region))),
      line('why', words.why(org)),
      line('seen', words.seen(listed([name, ...rules.shared_with].map(isolate), language))),
      line('withdraw', words.withdraw),
    ],
    full: [
      line('controller', `${org}, ${isolate(address)}`),
      line('contact', contact),
      line('sender_address', sender.address),
      line('data', `${kept}.`),
      line('basis', words.basis[rules.legal_basis]),
      line('place', isolate(region)),
      line('period', words.period(months, period(rules.erase_days, 'day', language))),
      line('log', rules.log_networks ? `${log} ${words.networks}` : log),
      line('rights', words.rights(org, listed(rights, language))),
      line('authority', authority ? isolate(authority.name) : words.anyAuthority),
      line('copies', words.copies),
    ],
  };
}

function purposesOf({ rules }: OpenedLink, language: Lang): NoticePurpose[] {
  return (rules.purposes ?? []).map(({ label, explanation, ...purpose }) => ({
    ...purpose,
    label: inLanguage(label, language),
    explanation: inLanguage(explanation, language),
  }));
}

/** What the GDPR gives for this basis; taking an answer back is everybody's here. */
function rightsOf(basis: LegalBasis): Notice['rights'] {
  const canObject = basis === 'legitimate_interest' || basis === 'public_task';
  const canPort = basis === 'consent' || basis === 'contract';
  return [
    'access',
    'rectify',
    'erase',
    'restrict',
    ...(canPort ? (['port'] as const) : []),
    ...(canObject ? (['object'] as const) : []),
    'withdraw',
    'complain',
  ];
}

/** Names keep their direction inside a sentence of the other one (UAX #9: first strong isolate). */
function isolated(text: string, language: Lang): string {
  const isForeign = language === 'ar' || /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);
  return isForeign ? `\u2068${text}\u2069` : text;
}

const listed = (items: readonly string[], language: Lang): string => new Intl.ListFormat(language).format(items);
const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const period = (count: number, unit: 'month' | 'day', language: Lang): string =>
  new Intl.NumberFormat(`${language}-u-nu-latn`, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
