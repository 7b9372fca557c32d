import { canonical, NOTICE_VERSION, type Notice, type NoticePurpose } from '../../../src/contract/index.ts';
import { sha256 } from '../../base/ids.ts';
import type { Lang } from '../../base/page.ts';
import { inLanguage } from '../../base/page-language.ts';
import { calledOf } from '../../uploads/upload-store.ts';
import type { OpenedLink } from '../link-store.ts';
import { linesOf, rightsOf } from './notice-lines.ts';
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
    ...linesOf({ purpose: row.purpose, org, sender, rules, region }, language, data_kept),
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

function purposesOf({ rules }: OpenedLink, language: Lang): NoticePurpose[] {
  return (rules.purposes ?? []).map(({ label, explanation, ...purpose }) => ({
    ...purpose,
    label: inLanguage(label, language),
    explanation: inLanguage(explanation, language),
  }));
}
