/** What no sentence says that a person reads, and how long its words may be. */
import assert from 'node:assert/strict';
import type { Lang } from '../../demo/base/page.ts';
import { gradeOf } from './grade.ts';

/** What we say otherwise, what blames, and what is shouted. */
export const FORBIDDEN =
  /\b(please|sorry|invalid|illegal|forbidden|fail(ed|ure|s)?|errors?|success(ful|fully)?|oops|brows(e|ing)|select\w*|attach\w*|log(ged|ging)? ?(in|out)|authenticat\w+|(pre-?)?process\w*|hash\w*|validat\w+|transmit\w*|sending parts|scan\w*|AV|quarantin\w+|infected|objects?|quota|capacity|storage limit|tokens?|one-time|OTP|URL|revok\w+|(record|request|correlation) id|MIME|(application|image|text|video|audio)\/\w+|[45]\d\d)\b|!|n['’]t\b/i;

/** The same of German and Arabic. */
export const FORBIDDEN_ELSEWHERE =
  /\b(token|server|presign\w*|hash\w*|fehler\w*|fehlgeschlagen|ungültig\w*|bitte|leider nicht möglich|authentifi\w*|quarantäne|kontingent|erfolgreich|browsen|einloggen|ausloggen)\b|!|خطأ|فشل|خادم|من فضلك|يُرجى|رجاء|غير صالح/i;

/** Longer than they look easy, for a reason: words of law or of the trade that people know from elsewhere. */
const HARD_BUT_NEEDED: readonly RegExp[] = [
  /^Your email address, your answer, and when you downloaded/,
  /^Ask .* for the reference, using a number or address you already had/,
  /^The location in this photo cannot be removed safely/,
  /^We never ask for a password, a payment or a bank detail/,
];

/** Names in braces are put in by the page. */
export const withoutNames = (text: string): string => text.replace(/\{\w+\}/g, '');

export const ENGLISH_IN_GERMAN =
  /\b(the|and|your?|files?|not|with|this|of|it|is|are|upload(ed|ing)|sign|again|choose|try)\b/i;

/** In Latin letters in Arabic too. */
export const CALLED_SO =
  /\b(PDF|ZIP|PNG|HEIC|SHA-256|Word|Windows|iPhone|name@example\.com|JavaScript|UTC|receipt\.json)\b|\.pdf/g;

/** Where it is said, and what. */
type Saying = readonly [place: string, text: string];

/** In each language what is said there leaves out what frightens, blames or is our own trade. */
export function assertKind(said: (lang: Lang) => readonly Saying[]): void {
  const forbidden = { en: FORBIDDEN, de: FORBIDDEN_ELSEWHERE, ar: FORBIDDEN_ELSEWHERE };
  for (const lang of ['en', 'de', 'ar'] as const) {
    assert.deepEqual(
      said(lang).filter(([, text]) => forbidden[lang].test(text)),
      [],
      lang,
    );
  }
}

/** In each language there are more than `least` of them, and none is longer than `most` characters of English, or `elsewhere` of another's. */
export function assertFit(
  said: (lang: Lang) => readonly Saying[],
  { least, most, elsewhere }: { readonly least: number; readonly most: number; readonly elsewhere: number },
): void {
  for (const lang of ['en', 'de', 'ar'] as const) {
    const all = said(lang);
    assert.ok(all.length > least, `${all.length} in ${lang}`);
    assert.deepEqual(
      all.filter(([, text]) => text.length > (lang === 'en' ? most : elsewhere)),
      [],
      lang,
    );
  }
}

/** No English sentence of more than 8 words asks for more than six years of school. */
export function assertEasy(said: readonly Saying[]): void {
  const hard = said.flatMap(([place, text]) =>
    text.split(/(?<=[.?:;])\s+/).flatMap((sentence) => {
      const { grade, words } = gradeOf(sentence);
      return words > 8 && grade > 6 && !HARD_BUT_NEEDED.some((one) => one.test(sentence))
        ? [`${place}: ${sentence} (${grade.toFixed(1)})`]
        : [];
    }),
  );
  assert.deepEqual(hard, []);
}
