import { PURPOSE_LENGTH } from '../../contract/links.ts';
import { isEmail } from '../../contract/values.ts';

const DAY_MS = 86_400_000;

/** What stands in the form. */
export interface Draft {
  readonly files: readonly string[];
  readonly recipient: string;
  readonly purpose: string;
  readonly days: number;
}

export type Field = 'files' | 'recipient' | 'purpose';

/** Fields that keep the link from being sent, in the order of the form. */
export function missingIn(draft: Draft): readonly Field[] {
  const missing: Field[] = [];
  if (draft.files.length === 0) missing.push('files');
  if (!isAddress(draft.recipient)) missing.push('recipient');
  const { length } = draft.purpose.trim();
  if (length === 0 || length > PURPOSE_LENGTH) missing.push('purpose');
  return missing;
}

function isAddress(text: string): boolean {
  return isEmail(text.trim());
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
