/**
 * Sizes, numbers, lists and days of the first paint. They are those of format.ts without `Intl`, whose first formatter of
 * a page takes Chromium 15 to 28 ms (measured; as long as all the rest of the first paint).
 */

const NO_BREAK = '\u00a0';

/** How a language writes figures. */
export interface Figures {
  readonly decimal: string;
  /** Between thousands. */
  readonly group: string;
  /** From bytes to gigabytes. */
  readonly units: readonly [string, string, string, string];
  /** `a, b and c`: what stands between, and what before the last. */
  readonly and: readonly [string, string];
  readonly or: readonly [string, string];
  /** `90 days` */
  days(n: number, figure: string): string;
  /** `12 months` */
  months(n: number, figure: string): string;
}

export interface FirstFormats {
  readonly lang: string;
  /** `4.1 MB`: one decimal under 10, none above. */
  size(bytes: number): string;
  number(n: number): string;
  /** `photos, images and documents`, or with "or". */
  list(words: readonly string[], kind?: 'conjunction' | 'disjunction'): string;
  /** `90 days`, and `12 months` for whole years of them. */
  days(days: number): string;
}

export function firstFormatsFor(lang: string, figures: Figures): FirstFormats {
  const { decimal, group, units } = figures;
  const number = (n: number): string => {
    const [whole = '', part] = String(n).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
    return part ? grouped + decimal + part : grouped;
  };
  return {
    lang,
    size(bytes) {
      const power = powerOf(bytes);
      return number(rounded(bytes, power)) + NO_BREAK + units[power];
    },
    number,
    list(words, kind = 'conjunction') {
      const [between, last] = kind === 'conjunction' ? figures.and : figures.or;
      return [words.slice(0, -1).join(between), ...words.slice(-1)].filter(Boolean).join(last);
    },
    days(n) {
      const months = wholeYears(n) * 12;
      return months > 0 ? figures.months(months, number(months)) : figures.days(n, number(n));
    },
  };
}

/** So many years to the day; 0 for anything else. */
export function wholeYears(days: number): number {
  return days % 365 === 0 ? days / 365 : 0;
}

/** The number of a size in its unit: one decimal under 10, none above. */
export function rounded(bytes: number, power: number): number {
  const value = bytes / 1024 ** power;
  return power > 0 && value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** The unit a size is shown in, after rounding: 1023.7 kB is 1 MB. From 0 for bytes to 3 for gigabytes. */
export function powerOf(bytes: number, decimals = 0): 0 | 1 | 2 | 3 {
  const fits = (power: number): boolean => Number((bytes / 1024 ** power).toFixed(decimals)) < 1024;
  return ([0, 1, 2] as const).find(fits) ?? 3;
}
