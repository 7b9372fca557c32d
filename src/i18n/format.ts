/** Sizes, dates and lists as people read them, in one language. Rules: one divisor (1024), no seconds, no zone unless asked. */

import {
  countText,
  type FirstFormats,
  figure,
  firstFormatsFor,
  localeOf,
  powerOf,
  sizeFigure,
  sizeText,
  unitName,
} from './first-format.ts';

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

/** A language that `Intl` does not know gets the formats of English. */
export function formatsFor(lang: string): Formats {
  const known = made.get(lang);
  if (known) return known;
  const formats = makeFormats(lang);
  made.set(lang, formats);
  return formats;
}

function makeFormats(asked: string): Formats {
  const { locale } = localeOf(asked);
  const format = (time: Date | string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options }).format(new Date(time));
  const date = (time: Date | string): string => format(time, { day: 'numeric', month: 'long', year: 'numeric' });
  const joined = (a: string, b: string): string => `${a}${locale.startsWith('ar') ? '،' : ','} ${b}`;
  // `Tuesday 24 November`; other languages keep their comma there.
  const weekday = (text: string): string => (locale === 'en-GB' ? text.replace(',', '') : text);

  return {
    ...firstFormatsFor(asked),
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
      return new Intl.RelativeTimeFormat(locale).format(-Math.max(1, n), name);
    },
    date,
    time: (time) => format(time, TIME),
    stamp: (time) => joined(date(time), `${format(time, TIME)} (${zoneName(locale, new Date(time))})`),
    months: (n) => countText(locale, n, 'month'),
  };
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
