import type { Lang } from '../base/page.ts';
import { type Block, lead, longDay, renderHtml, renderText, say } from '../mail/layout.ts';
import type { Mail } from '../mail/mailer.ts';
import type { RegisteredApp } from '../registry/registry.ts';

/** Of the room that is used, in percent; at 100 there is hardly any left. */
export type RoomLevel = 70 | 90 | 100;

/** How an app's room stands. Bytes. */
export interface RoomFacts {
  readonly level: RoomLevel;
  readonly used: number;
  readonly cap: number;
  /** When it is full at the pace of the last weeks; null where nothing grows. */
  readonly fullAt: Date | null;
}

interface RoomWords {
  readonly subject: Readonly<Record<RoomLevel, (app: string) => string>>;
  readonly used: (used: string, cap: string) => string;
  readonly pace: (date: string) => string;
  readonly stopped: string;
  readonly helps: string;
  readonly raise: string;
  readonly shorter: (days: string) => string;
  readonly smaller: string;
  readonly where: (template: string) => string;
}

const WORDS: Readonly<Record<Lang, RoomWords>> = {
  en: {
    subject: {
      70: (app) => `${app}: 70 % of the space is used`,
      90: (app) => `${app}: almost full`,
      100: (app) => `${app}: full. New uploads are stopped`,
    },
    used: (used, cap) => `${used} of ${cap}.`,
    pace: (date) => `At this pace it is full around ${date}.`,
    stopped: 'Nothing was deleted. People see: There is no room for more files right now',
    helps: 'What helps',
    raise: 'Raise the limit',
    shorter: (days) => `Keep files shorter (now ${days})`,
    smaller: 'Make photos smaller',
    where: (template) => `Who runs the service can change this in the template ${template}.`,
  },
  de: {
    subject: {
      70: (app) => `${app}: 70 % des Platzes sind belegt`,
      90: (app) => `${app}: fast voll`,
      100: (app) => `${app}: voll. Neue Uploads sind angehalten`,
    },
    used: (used, cap) => `${used} von ${cap}.`,
    pace: (date) => `Wenn es so weitergeht, ist der Platz voll: etwa ${date}.`,
    stopped: 'Nichts wurde gelöscht. Zu lesen ist: Gerade ist kein Platz für weitere Dateien',
    helps: 'Was hilft',
    raise: 'Die Grenze anheben',
    shorter: (days) => `Dateien kürzer aufbewahren (jetzt ${days})`,
    smaller: 'Fotos verkleinern',
    where: (template) => `Wer den Dienst betreibt, ändert das in der Vorlage ${template}.`,
  },
  ar: {
    subject: {
      70: (app) => `${app}: استُخدم 70 % من المساحة`,
      90: (app) => `${app}: المساحة شبه ممتلئة`,
      100: (app) => `${app}: امتلأت المساحة. توقف الرفع`,
    },
    used: (used, cap) => `${used} من ${cap}.`,
    pace: (date) => `بهذه الوتيرة تمتلئ نحو ${date}.`,
    stopped: 'لم يُحذف شيء. ما يقرؤه الناس: لا توجد مساحة لملفات أخرى الآن',
    helps: 'ما الذي يفيد',
    raise: 'رفع الحد',
    shorter: (days) => `حفظ الملفات مدة أقصر (الآن ${days})`,
    smaller: 'تصغير الصور',
    where: (template) => `من يشغّل الخدمة يغيّر ذلك في القالب ${template}.`,
  },
};

/** What the owners of an app are told of its room, in the language of their organisation. Names nobody, and no file. */
export function roomWords(
  { record, template }: RegisteredApp,
  { level, used, cap, fullAt }: RoomFacts,
): Pick<Mail, 'from' | 'subject' | 'text' | 'html'> {
  const lang = record.org.language ?? 'en';
  const words = WORDS[lang];
  const isolate = (text: string) => (lang === 'ar' ? `\u2068${text}\u2069` : text);
  const subject = words.subject[level](isolate(record.id));
  const helps = [words.raise, words.shorter(daysText(template.retention_days, lang))];
  if (template.transforms?.max_edge === undefined) helps.push(words.smaller);
  const blocks: Block[] = [
    lead(subject),
    say(
      words.used(isolate(sizeText(used, lang)), isolate(sizeText(cap, lang))),
      ...(fullAt === null || level === 100 ? [] : [words.pace(longDay(fullAt, lang))]),
      ...(level === 100 ? [words.stopped] : []),
    ),
    { is: 'list', heading: words.helps, items: helps },
    say(words.where(isolate(record.template))),
  ];
  return { from: record.org.name, subject, text: renderText(blocks), html: renderHtml(blocks, lang) };
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** By 1024, one decimal under ten. */
function sizeText(bytes: number, lang: Lang): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** power;
  return new Intl.NumberFormat(`${lang}-u-nu-latn`, {
    style: 'unit',
    unit: UNITS[power],
    maximumFractionDigits: size < 10 ? 1 : 0,
  }).format(size);
}

const daysText = (days: number, lang: Lang): string =>
  new Intl.NumberFormat(`${lang}-u-nu-latn`, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);
