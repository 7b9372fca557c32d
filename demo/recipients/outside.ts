import { type CheckedRecipient, canonical, type OutsideConsent } from '../../src/contract/index.ts';
import { sha256 } from '../base/ids.ts';
import { type MailAddress, readMailAddress, readMailDomain } from '../base/mail-address.ts';
import type { Lang } from '../base/page.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Caller } from '../identity/ports.ts';
import type { RegisteredApp } from '../registry/registry.ts';
import { noticeLanguage } from './consent/notice.ts';

/** Counts up with every change of the words: everybody is then asked again. */
const VERSION = 1;

/** What a sender says yes to before files leave the organisation. */
const WORDS: Readonly<Record<Lang, (org: string) => string>> = {
  en: (org) =>
    `This address is outside ${org}. I may send these files there, and I know that ${org} keeps a record of who sent what to whom. They are asked whether they want to receive the files, and their answer is recorded.`,
  de: (org) =>
    `Diese Adresse ist außerhalb von ${org}. Ich darf diese Dateien dorthin senden und weiß, dass ${org} festhält, wer wem was gesendet hat. Die Person wird gefragt, ob sie die Dateien bekommen möchte; ihre Antwort wird festgehalten.`,
  ar: (org) =>
    `هذا العنوان خارج ${org}. يحق لي إرسال هذه الملفات إليه، وأعلم أن ${org} تحتفظ بسجل لمن أرسل ماذا وإلى من. يُسأل المستلم إن كان يريد استلام الملفات، ويُسجل جوابه.`,
};

export interface OutsideWords extends OutsideConsent {
  readonly version: number;
  readonly text: string;
}

/** The words in the best language we have for the one asked for, and what they are known by. */
export function outsideWords({ record }: RegisteredApp, asked: string): OutsideWords {
  const language = noticeLanguage(asked);
  const shown = { version: VERSION, app: record.id, language, text: WORDS[language](record.org.name) };
  return { version: VERSION, language, text: shown.text, sha256: sha256(canonical(shown)).toString('base64') };
}

/** Fails with outside_consent_needed where there is no yes, or one to other words than today's. */
export function agreedWords(app: RegisteredApp, given: OutsideConsent | undefined): OutsideWords {
  const words = given && outsideWords(app, given.language);
  if (!words || words.sha256 !== given.sha256) throw new Problem('outside_consent_needed');
  return words;
}

/** The tenant's domains are those of all its apps. */
export function isInside({ registry }: Deps, app: RegisteredApp, { domain }: MailAddress): boolean {
  return registry
    .all()
    .filter(({ record }) => record.tenant === app.record.tenant)
    .some(({ record }) => record.domains.some((one) => readMailDomain(one) === domain));
}

/** RFC 5321 section 4.1.2, Dot-string: what every mail server takes. */
const MAILABLE = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@/;

/** Who may be written to by this caller. Fails with bad_request for what is no address, and with address_letters. */
export function judgeRecipient(deps: Deps, caller: Caller, address: string) {
  const read = readMailAddress(address);
  if (!read) throw new Problem('bad_request', { cause: 'recipient' });
  if (/[^\0-\x7f]/.test(read.address)) throw new Problem('address_letters');
  if (!MAILABLE.test(read.address)) throw new Problem('bad_request', { cause: 'recipient' });
  const rules = caller.app.template.links;
  const isExternal = !isInside(deps, caller.app, read);
  const scope = isExternal ? 'links:create:external' : 'links:create:internal';
  const isAllowed = rules !== null && caller.scopes.has(scope) && (!isExternal || rules.external);
  return { address: read, isExternal, isAllowed };
}

/** What sending to an address would need. Changes nothing. */
export function checkRecipient(
  deps: Deps,
  caller: Caller,
  asked: { recipient: string; language: string },
): CheckedRecipient {
  const { isExternal, isAllowed } = judgeRecipient(deps, caller, asked.recipient);
  const outside = isExternal && isAllowed ? { outside: outsideWords(caller.app, asked.language) } : {};
  return { external: isExternal, allowed: isAllowed, ...outside };
}
