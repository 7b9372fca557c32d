/** Sizes, dates and lists as people read them, in one language. Rules: one divisor (1024), no seconds, no zone unless asked. */

import { type FirstFormats, powerOf, rounded, wholeYears } from './first-format.ts';
import { figure } from './plural.ts';

const NO_BREAK = '\u00a0';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface Formats extends FirstFormats {
  /** Two sizes that differ never read the same: decimals are added until they do. */
  sizePair(bytes: number, limit: number): readonly [string, string];
  /** `21 of 55 MB` needs the unit once. */
  sizeOf(part: number, whole: number): readonly [string, string];
  /** `34%` of a share from 0 to 1; never rounded up, because 100% is the end. */
  percent(share: number): string;
  /** A weekday and a time within seven days, a date after that. */
  future(time: Date | string, now: number): string;
  /** `12 minutes ago`, up to a day; after that `null`, and the date is better. */
  ago(time: Date | string, now: number): string | null;
  /** `21 November 2026` */
  date(time: Date | string): string;
  /** `14:03` */
  time(time: Date | string): string;
  /** With the zone in words, for receipts. */
  stamp(time: Date | string): string;
  /** `12 months` */
  months(months: number): string;
}

const made = new Map<string, Formats>();

/** By `Intl`, as first-format.ts has some of them without it. `lang` is one of the catalogue's. Each loads what it needs when it is asked for. */
export function formatsFor(lang: string): Formats {
  const known = made.get(lang);
  if (known) return known;
  const formats = makeFormats(lang);
  made.set(lang, formats);
  return formats;
}

function makeFormats(lang: string): Formats {
  const locale = LOCALES[lang] ?? lang;
  const format = (time: Date | string, options: Intl.DateTimeFormatOptions): string =>
    keepFigure(new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options }).format(new Date(time)));
  const date = (time: Date | string): string => format(time, { day: 'numeric', month: 'long', year: 'numeric' });
  const joined = (a: string, b: string): string => `${a}${locale.startsWith('ar') ? '،' : ','} ${b}`;
  // `Tuesday 24 November`; other languages keep their comma there.
  const weekday = (text: string): string => (locale === 'en-GB' ? text.replace(',', '') : text);

  return {
    lang,
    size: (bytes) => sizeText(locale, bytes),
    number: (n) => figure(locale, n, 0),
    list: (words, kind = 'conjunction') => new Intl.ListFormat(locale, { type: kind }).format(words),
    days(n) {
      const years = wholeYears(n);
      return years > 0 ? countText(locale, years * 12, 'month') : countText(locale, n, 'day');
    },
    sizePair(bytes, limit) {
      for (let decimals = 0; decimals <= 6; decimals++) {
        const pair =
          decimals === 0
            ? ([sizeText(locale, bytes), sizeText(locale, limit)] as const)
            : ([sizeText(locale, bytes, decimals), sizeText(locale, limit, decimals)] as const);
        if (bytes === limit || pair[0] !== pair[1]) return pair;
      }
      return [bytes, limit].map((n) => `${figure(locale, n, 0)}${NO_BREAK}${unitName(locale, 0)}`) as [string, string];
    },
    sizeOf(part, whole) {
      const power = powerOf(whole);
      return [sizeFigure(locale, part, power), sizeText(locale, whole)];
    },
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent' }).format(Math.floor(share * 100) / 100),
    future(time, now) {
      const away = new Date(time).getTime() - now;
      const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };
      if (away > 0 && away < 7 * DAY)
        return joined(weekday(format(time, { ...day, weekday: 'long' })), format(time, TIME));
      return joined(date(time), format(time, TIME));
    },
    ago(time, now) {
      const minutes = Math.max(0, Math.floor((now - new Date(time).getTime()) / MINUTE));
      if (minutes >= 24 * 60) return null;
      const [n, name] = minutes < 60 ? ([minutes, 'minute'] as const) : ([Math.floor(minutes / 60), 'hour'] as const);
      return keepFigure(new Intl.RelativeTimeFormat(locale).format(-Math.max(1, n), name));
    },
    date,
    time: (time) => format(time, TIME),
    stamp: (time) => joined(date(time), `${format(time, TIME)} (${zoneName(locale, new Date(time))})`),
    months: (n) => countText(locale, n, 'month'),
  };
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
/** Arabic with the digits that codes, references and names of files have, too. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', ar: 'ar-u-nu-latn' };

/** `2 hours ago`, `24 November`, `1. Januar`: no line ends after the figure. */
const keepFigure = (text: string): string => text.replace(/(\d\.?) /, `$1${NO_BREAK}`);

const countText = (locale: string, n: number, unit: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(n).replace(' ', NO_BREAK);

function sizeText(locale: string, bytes: number, decimals?: number): string {
  const power = powerOf(bytes, decimals);
  return `${sizeFigure(locale, bytes, power, decimals)}${NO_BREAK}${unitName(locale, power)}`;
}

/** `MB`, or what the language says for it. */
function unitName(locale: string, power: number): string | undefined {
  const unitDisplay = power > 0 ? 'short' : 'narrow';
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit: UNITS[power] ?? 'byte', unitDisplay });
  return format.formatToParts(5).find(({ type }) => type === 'unit')?.value;
}

function sizeFigure(locale: string, bytes: number, power: number, decimals?: number): string {
  return decimals === undefined
    ? figure(locale, rounded(bytes, power), 1)
    : figure(locale, bytes / 1024 ** power, decimals);
}

const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

/** `Berlin`, as people say it, from `Europe/Berlin`. */
function zoneName(locale: string, time: Date): string {
  const zone = new Intl.DateTimeFormat(locale).resolvedOptions().timeZone;
  const city = zone.includes('/') ? zone.split('/').at(-1)?.replaceAll('_', ' ') : undefined;
  if (city && !zone.startsWith('Etc/')) return city;
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(time);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}
