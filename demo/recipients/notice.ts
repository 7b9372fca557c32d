import { canonical, type Notice, type OfferedFile } from '../../src/contract/index.ts';
import { sha256 } from '../base/ids.ts';
import { calledOf, sumOf } from '../uploads/upload-store.ts';
import type { OpenedLink } from './link-store.ts';

/** Counts up with every change of the words or fields of a notice. */
export const NOTICE_VERSION = 1;

/** The notice of a link as it stands now, and the JSON of it that is hashed and signed. */
export interface SealedNotice {
  readonly notice: Notice;
  readonly canonical: string;
  /** base64 */
  readonly sha256: string;
}

export function sealNotice(opened: OpenedLink): SealedNotice {
  const { row, app, rules, sender, files } = opened;
  const { org } = app.record;
  const notice: Notice = {
    version: NOTICE_VERSION,
    language: row.language,
    controller: { name: org.name, contact: org.contact },
    sender: { name: sender.name, address: sender.address },
    purpose: row.purpose,
    files: files.map((file) => ({ ...calledOf(file), size: file.size, type: file.type })),
    data_kept: ['email_address', 'answer', 'download_time'],
    why: 'show_that_files_reached_you',
    who_sees: [org.name],
    region: inLanguage(app.template.region.label, row.language),
    kept_months: rules.record_months,
    withdraw: 'any_time_from_receipt',
  };
  const json = canonical(notice);
  return { notice, canonical: json, sha256: sha256(json).toString('base64') };
}

function inLanguage(words: { en: string; [language: string]: string }, language: string): string {
  return (Object.hasOwn(words, language) ? words[language] : undefined) ?? words.en;
}

export const offered = (opened: OpenedLink): OfferedFile[] =>
  opened.files.map((row) => ({ id: row.id, ...calledOf(row), size: row.size, type: row.type, ...sumOf(row) }));

/** `j•••@m•••.org`: enough to know one's own address again, too little to learn it. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const first = (text: string) => Array.from(text)[0] ?? '';
  return `${first(address.slice(0, at))}•••@${first(domain)}•••${dot > 0 ? domain.slice(dot) : ''}`;
}
