import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import type { Lang } from './page.ts';

export const LANGS: readonly Lang[] = ['en', 'de', 'ar'];

/** The best of the browser's languages that we speak, region aside; else English. */
export function languageOf(c: Context): Lang {
  return accepts(c, {
    header: 'Accept-Language',
    supports: [...LANGS],
    default: 'en',
    match: (asked, { supports, default: other }) =>
      [...asked]
        .sort((a, b) => b.q - a.q)
        .map(({ type }) => type.split('-', 1)[0]?.toLowerCase() ?? '')
        .find((base) => supports.includes(base)) ?? other,
  }) as Lang;
}

/** Texts of the registry are there in English at least. */
export const inLanguage = (words: Readonly<Record<string, string>> & { readonly en: string }, lang: Lang): string =>
  words[lang] ?? words.en;
