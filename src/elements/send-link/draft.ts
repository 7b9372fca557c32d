import { type PreviewLink, PURPOSE_LENGTH } from '../../contract/links.ts';
import { isRecipient } from '../../contract/values.ts';

const DAY_MS = 86_400_000;

/** What stands in the form. */
export interface Draft {
  readonly files: readonly string[];
  /** One address, or several with a comma, a space or a line between them. */
  readonly recipient: string;
  readonly purpose: string;
  readonly days: number;
  /** Of the mail. */
  readonly language: string;
}

export type Field = 'files' | 'recipient' | 'purpose';

/** Each address once, in the order of the field. */
export function recipientsIn({ recipient }: Draft): readonly string[] {
  const seen = new Map<string, string>();
  for (const address of recipient.split(/[\s,;]+/)) {
    if (address !== '' && !seen.has(address.toLowerCase())) seen.set(address.toLowerCase(), address);
  }
  return [...seen.values()];
}

/** The first that is no address; null where all are. */
export function wrongAddress(draft: Draft): string | null {
  return recipientsIn(draft).find((address) => !isRecipient(address)) ?? null;
}

/** Fields that keep the link from being sent, in the order of the form. */
export function missingIn(draft: Draft): readonly Field[] {
  const missing: Field[] = [];
  if (draft.files.length === 0) missing.push('files');
  if (recipientsIn(draft).length === 0 || wrongAddress(draft) !== null) missing.push('recipient');
  const { length } = draft.purpose.trim();
  if (length === 0 || length > PURPOSE_LENGTH) missing.push('purpose');
  return missing;
}

/** What is asked of the broker for one of the recipients. */
export function wishOf(draft: Draft, recipient: string, now: number): PreviewLink {
  const { files, purpose, days, language } = draft;
  return { files: [...files], recipient, purpose: purpose.trim(), expires_at: expiryOf(days, now), language };
}

/** From a day up to the template's maximum, with its default among them. */
export function dayChoices(limits: { readonly max_days: number; readonly default_days: number }): readonly number[] {
  const usual = [1, 2, 3, 7, 14, 30, 60, 90, limits.default_days, limits.max_days];
  return [...new Set(usual)].filter((days) => days <= limits.max_days).sort((a, b) => a - b);
}

/** A little less than whole days, so that the broker's later clock does not find it over the maximum. */
export function expiryOf(days: number, now: number): string {
  return new Date(now + days * DAY_MS - 1_000).toISOString();
}
