import { pickWords } from '../../i18n/messages.ts';
import type { View } from './view.ts';

/** What the person agreed to, to follow a colon: without the full stop that it was shown with. */
export const agreedLabels = ({ snapshot, lang }: View): string[] =>
  snapshot.agreement.agreed.map(({ label }) => pickWords(label, lang).replace(/[.。]$/u, ''));

/** Of the notices that were shown: one where all was asked at once. */
export const agreedNotices = ({ snapshot }: View): string[] => [
  ...new Set(snapshot.agreement.agreed.map(({ notice_sha256 }) => notice_sha256)),
];

/** The same for machines. */
export const agreedFacts = ({ snapshot, lang }: View) =>
  snapshot.agreement.agreed.map(({ id, version, label, at, agreement, notice_sha256 }) => ({
    purpose: id,
    version,
    label: pickWords(label, lang),
    at,
    agreement,
    notice_sha256,
  }));
