import type { Languages } from './languages.ts';

/**
 * Where elements find their words. A group of words is an interface whose members are sentences or functions of what
 * they need; each language gives them all. Groups stand in files of their own, so a page loads only what it shows.
 */
export class Catalogue<Words extends object> {
  readonly #english: Words;
  readonly #others: Pick<Languages<Words>, 'find'>;

  /** English is always there. */
  constructor(english: Words, others: Pick<Languages<Words>, 'find'>) {
    this.#english = english;
    this.#others = others;
  }

  /** The best there is for a language now: as asked, then without region, then English. */
  for(lang: string): { readonly lang: string; readonly words: Words } {
    const found = this.#others.find(lang);
    return found ? { lang: found.lang, words: found.pack } : { lang: 'en', words: this.#english };
  }
}

/** The language an element is in: the nearest `lang` attribute, also out of shadow roots; else the browser's. */
export function langOf(element: Element): string {
  for (let at: Element | null = element; at; ) {
    const marked: Element | null = at.closest('[lang]');
    const lang = marked?.getAttribute('lang');
    if (lang) return lang;
    const root: Node = (marked ?? at).getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language || 'en';
}

/** The same sentence in several languages, as an app document carries it. */
export function pickWords(words: Readonly<Record<string, string>> & { readonly en: string }, lang: string): string {
  return words[lang] ?? words[lang.split('-', 1)[0] ?? ''] ?? words.en;
}

/** The direction belongs to the language of the words, which may not be the page's. */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  return /^(ar|arc|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/i.test(lang) ? 'rtl' : 'ltr';
}
