/** What the first paint needs of format.ts. Rules: one divisor (1024), no seconds, no zone unless asked. */

const NO_BREAK = '\u00a0';
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export interface FirstFormats {
  readonly lang: string;
  /** `4.1 MB`: one decimal under 10, none above. */
  size(bytes: number): string;
  number(n: number): string;
  /** `photos, images and documents`, or with "or". */
  list(words: readonly string[], kind?: 'conjunction' | 'disjunction'): string;
  /** `90 days` */
  days(days: number): string;
}

/** A language that `Intl` does not know gets the formats of English. */
export function firstFormatsFor(asked: string): FirstFormats {
  const { lang, locale } = localeOf(asked);
  return {
    lang,
    size: (bytes) => sizeText(locale, bytes),
    number: (n) => figure(locale, n, 0),
    list: (words, kind = 'conjunction') => new Intl.ListFormat(locale, { type: kind }).format(words),
    days: (n) => countText(locale, n, 'day'),
  };
}

export function localeOf(asked: string): { readonly lang: string; readonly locale: string } {
  const lang = isKnown(asked) ? asked : 'en';
  return { lang, locale: LOCALES[lang] ?? lang };
}

/** Arabic with the digits that codes, references and names of files have, too. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', ar: 'ar-u-nu-latn' };

export const figure = (locale: string, value: number, decimals: number): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: decimals }).format(value);

export const countText = (locale: string, n: number, unit: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(n);

/** The form that the language has for this number, with the number in the place of `#`. */
export function plural(locale: string, n: number, forms: PluralForms): string {
  const form = forms[new Intl.PluralRules(locale).select(n)] ?? forms.other;
  return form.replace('#', figure(locale, n, 0));
}

export type PluralForms = { readonly other: string } & { readonly [Rule in Intl.LDMLPluralRule]?: string };

export function sizeText(locale: string, bytes: number, decimals?: number): string {
  const power = powerOf(bytes, decimals);
  return `${sizeFigure(locale, bytes, power, decimals)}${NO_BREAK}${unitName(locale, power)}`;
}

/** `MB`, or what the language says for it. */
export function unitName(locale: string, power: number): string | undefined {
  const unitDisplay = power > 0 ? 'short' : 'narrow';
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit: UNITS[power] ?? 'byte', unitDisplay });
  return format.formatToParts(5).find(({ type }) => type === 'unit')?.value;
}

export function sizeFigure(locale: string, bytes: number, power: number, decimals?: number): string {
  const value = bytes / 1024 ** power;
  return figure(locale, value, decimals ?? (power > 0 && value < 9.95 ? 1 : 0));
}

/** The unit a size is shown in, after rounding: 1023.7 kB is 1 MB. */
export function powerOf(bytes: number, decimals = 0): number {
  let power = 0;
  while (power < UNITS.length - 1 && Number((bytes / 1024 ** power).toFixed(decimals)) >= 1024) power++;
  return power;
}

function isKnown(lang: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(lang).length > 0;
  } catch {
    return false;
  }
}
