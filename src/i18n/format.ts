/** Sizes, dates and lists as people read them, in one language. Rules: one divisor (1024), no seconds, no zone unless asked. */

const NO_BREAK = '\u00a0';
const UNITS = ['B', 'kB', 'MB', 'GB'] as const;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface Formats {
  readonly lang: string;
  /** `4.1 MB`: one decimal under 10, none above. */
  size(bytes: number): string;
  /** Two sizes that differ never read the same: decimals are added until they do. */
  sizePair(bytes: number, limit: number): readonly [string, string];
  /** `21 of 55 MB` needs the unit once. */
  sizeOf(part: number, whole: number): readonly [string, string];
  number(n: number): string;
  /** `34%` of a share from 0 to 1; never rounded up, because 100% is the end. */
  percent(share: number): string;
  /** `photos, images and documents`, or with "or". */
  list(words: readonly string[], kind?: 'conjunction' | 'disjunction'): string;
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
  /** `90 days`, `12 months` */
  days(days: number): string;
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
  const lang = isKnown(asked) ? asked : 'en';
  const locale = lang === 'en' ? 'en-GB' : lang;
  const figure = (value: number, decimals: number): string =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: decimals }).format(value);
  const size = (bytes: number, decimals?: number, power = powerOf(bytes, decimals)): string =>
    `${sizeFigure(bytes, power, decimals)}${NO_BREAK}${UNITS[power]}`;
  const sizeFigure = (bytes: number, power: number, decimals?: number): string => {
    const value = bytes / 1024 ** power;
    return figure(value, decimals ?? (power > 0 && value < 9.95 ? 1 : 0));
  };
  const format = (time: Date | string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options }).format(new Date(time));
  const unit = (n: number, name: string): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(n);
  const date = (time: Date | string): string => format(time, { day: 'numeric', month: 'long', year: 'numeric' });

  return {
    lang,
    size: (bytes) => size(bytes),
    sizePair(bytes, limit) {
      for (let decimals = 0; decimals <= 6; decimals++) {
        const pair =
          decimals === 0
            ? ([size(bytes), size(limit)] as const)
            : ([size(bytes, decimals), size(limit, decimals)] as const);
        if (bytes === limit || pair[0] !== pair[1]) return pair;
      }
      return [`${figure(bytes, 0)}${NO_BREAK}B`, `${figure(limit, 0)}${NO_BREAK}B`];
    },
    sizeOf(part, whole) {
      const power = powerOf(whole);
      return [sizeFigure(part, power), size(whole)];
    },
    number: (n) => figure(n, 0),
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent' }).format(Math.floor(share * 100) / 100),
    list: (words, kind = 'conjunction') => new Intl.ListFormat(locale, { type: kind }).format(words),
    future(time, now) {
      const away = new Date(time).getTime() - now;
      const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };
      if (away > 0 && away < 7 * DAY)
        return `${format(time, { ...day, weekday: 'long' }).replace(',', '')}, ${format(time, TIME)}`;
      return `${date(time)}, ${format(time, TIME)}`;
    },
    ago(time, now) {
      const minutes = Math.max(0, Math.floor((now - new Date(time).getTime()) / MINUTE));
      if (minutes >= 24 * 60) return null;
      const [n, name] = minutes < 60 ? ([minutes, 'minute'] as const) : ([Math.floor(minutes / 60), 'hour'] as const);
      return new Intl.RelativeTimeFormat(locale).format(-Math.max(1, n), name);
    },
    date,
    time: (time) => format(time, TIME),
    stamp: (time) => `${date(time)}, ${format(time, TIME)} (${zoneName(locale, new Date(time))})`,
    days: (n) => unit(n, 'day'),
    months: (n) => unit(n, 'month'),
  };
}

const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

function isKnown(lang: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(lang).length > 0;
  } catch {
    return false;
  }
}

/** The unit a size is shown in, after rounding: 1023.7 kB is 1 MB. */
function powerOf(bytes: number, decimals = 0): number {
  let power = 0;
  while (power < UNITS.length - 1 && Number((bytes / 1024 ** power).toFixed(decimals)) >= 1024) power++;
  return power;
}

/** `Berlin`, as people say it, from `Europe/Berlin`. */
function zoneName(locale: string, time: Date): string {
  const zone = new Intl.DateTimeFormat(locale).resolvedOptions().timeZone;
  const city = zone.includes('/') ? zone.split('/').at(-1)?.replaceAll('_', ' ') : undefined;
  if (city && !zone.startsWith('Etc/')) return city;
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(time);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** `7F3K-92QD`: eight characters, shown 4-4. */
export function formatReference(reference: string): string {
  return reference.length === 8 ? `${reference.slice(0, 4)}-${reference.slice(4)}` : reference;
}

/** For being read aloud: `7 F 3 K, 9 2 Q D`. */
export function spellReference(reference: string): string {
  return [reference.slice(0, 4), reference.slice(4)].map((half) => [...half].join(' ')).join(', ');
}

/** C0 and C1 controls, and what turns the direction of text: it could make an .exe look like a .pdf. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A file's name without what cannot be seen. */
export function cleanName(name: string): string {
  return name.replace(UNSEEN, '');
}

/** For names within a sentence: first strong isolate … pop, so that a name of another direction stays in its place. */
export function isolate(name: string): string {
  return `\u2068${cleanName(name)}\u2069`;
}

/** `shop-window…october.png`: shortened in the middle, the ending always kept. Counted in code points. */
export function shortenName(name: string, most: number): string {
  const letters = [...cleanName(name)];
  if (letters.length <= most) return letters.join('');
  const end = Math.floor(most * 0.4);
  return `${letters.slice(0, most - end - 1).join('')}…${letters.slice(-end).join('')}`;
}
