import type { LegalBasis, Notice, NoticeLine } from '../../../src/contract/index.ts';
import type { Lang } from '../../base/page.ts';
import type { OpenedLink } from '../link-store.ts';
import { NOTICE_WORDS } from './notice-words.ts';

/** What a notice tells of, in any language. */
export interface NoticeFacts {
  readonly purpose: string;
  readonly org: OpenedLink['app']['record']['org'];
  readonly sender: { readonly name: string; readonly address: string };
  readonly rules: Pick<
    OpenedLink['rules'],
    'legal_basis' | 'record_months' | 'erase_days' | 'log_days' | 'log_networks' | 'shared_with'
  >;
  /** In the language of the notice. */
  readonly region: string;
}

/** The lines that stand there at once, and those of the full notice. */
export function linesOf(
  { purpose, org: { name, address, contact, authority }, rules, sender, region }: NoticeFacts,
  language: Lang,
  data: Notice['data_kept'],
): Pick<Notice, 'lines' | 'full'> {
  const words = NOTICE_WORDS[language];
  const { labels } = words;
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
      line('purpose', isolate(purpose)),
      line('kept', words.kept(kept, months, isolate(region))),
      line('why', words.why(org)),
      line('seen', words.seen(listed([name, ...rules.shared_with].map(isolate), language))),
      line('withdraw', words.withdraw),
    ],
    full: [
      line('controller', words.sender(org, isolate(address))),
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

/** What the GDPR gives for this basis; taking an answer back is everybody's here. */
export function rightsOf(basis: LegalBasis): Notice['rights'] {
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
