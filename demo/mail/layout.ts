import type { Lang } from '../base/page.ts';

/** What a mail says, once: its plain part and its HTML part are both made from these. */
export type Block =
  /** What the mail is about, in one large line: a code, an answer. */
  | { readonly is: 'lead'; readonly line: string }
  | { readonly is: 'say'; readonly lines: readonly string[] }
  | { readonly is: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly is: 'list'; readonly heading: string; readonly items: readonly string[] }
  /** The address stands alone on its line in the plain part. */
  | { readonly is: 'link'; readonly label: string; readonly url: string }
  /** Beside what the mail is about: small, without a button. */
  | { readonly is: 'aside'; readonly label: string; readonly url: string };

export const lead = (line: string): Block => ({ is: 'lead', line });
export const say = (...lines: string[]): Block => ({ is: 'say', lines });

/** What is said right after the lead belongs to it. */
export function renderText(blocks: readonly Block[]): string {
  const gap = (at: number) => (blocks[at - 1]?.is === 'lead' && blocks[at]?.is === 'say' ? '\n' : '\n\n');
  return `${blocks.map((block, at) => (at === 0 ? '' : gap(at)) + textOf(block)).join('')}\n`;
}

function textOf(block: Block): string {
  switch (block.is) {
    case 'lead':
      return block.line;
    case 'say':
      return block.lines.join('\n');
    case 'facts': {
      const width = Math.max(...block.rows.map(([label]) => label.length)) + 3;
      return block.rows.map(([label, value]) => `${`${label}:`.padEnd(width)}${value}`).join('\n');
    }
    case 'list':
      return [block.heading, ...block.items.map((item) => `- ${item}`)].join('\n');
    case 'link':
    case 'aside':
      return `${block.label}:\n${block.url}`;
  }
}

/** One column, no picture, nothing fetched. Language and direction stand inside too: many readers keep no `html` of a mail. */
export function renderHtml(blocks: readonly Block[], lang: Lang = 'en'): string {
  const way = `lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`;
  return [
    '<!doctype html>',
    `<html ${way}>`,
    '<head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark"></head>',
    '<body style="margin:0;padding:16px;font:16px/1.5 sans-serif">',
    `<div ${way} style="max-width:560px;margin:0 auto;overflow-wrap:anywhere">`,
    ...blocks.map(htmlOf),
    '</div>',
    '</body>',
    '</html>',
  ].join('\n');
}

function htmlOf(block: Block): string {
  switch (block.is) {
    case 'lead':
      return `<p style="font-size:20px;line-height:1.35;font-weight:600;margin-bottom:0">${escapeHtml(block.line)}</p>`;
    case 'say':
      return `<p>${block.lines.map(escapeHtml).join('<br>')}</p>`;
    case 'facts':
      return `<p>${block.rows
        .map(([label, value]) => `${escapeHtml(label)}: <strong>${escapeHtml(value)}</strong>`)
        .join('<br>')}</p>`;
    case 'list':
      return `<p style="margin-bottom:0">${escapeHtml(block.heading)}</p>\n<ul style="margin-top:4px">${block.items
        .map((item) => `<li>${escapeHtml(item)}</li>`)
        .join('')}</ul>`;
    case 'link': {
      const url = escapeHtml(block.url);
      const button =
        'display:inline-block;padding:10px 16px;border-radius:6px;background:#2a5bd7;color:#ffffff;text-decoration:none';
      return `<p><a href="${url}" style="${button}">${escapeHtml(block.label)}</a></p>\n<p style="font-size:14px">${address(url)}</p>`;
    }
    case 'aside':
      return `<p style="font-size:14px">${escapeHtml(block.label)}:<br>${address(escapeHtml(block.url))}</p>`;
  }
}

const address = (url: string): string => `<a href="${url}" dir="ltr" style="word-break:break-all">${url}</a>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');

/**
 * Words of somebody else, which mail programs must not turn into a link: a word joiner (U+2060, no width) parts what
 * they look for in addresses, and what stands for a full stop in names of hosts (IDNA, RFC 3490 section 3.1).
 */
export const inert = (text: string): string => text.replace(/(?<=\S)[.\u3002\uff0e\uff61:/@\\](?=\S)/g, '$&\u2060');

const DAY: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** A mail is read in any zone, so it names its own. */
export function longTime(at: Date, lang: Lang = 'en'): string {
  return `${format(at, DAY, lang)}${lang === 'ar' ? '،' : ','} ${shortTime(at, lang)}`;
}
export const longDay = (at: Date, lang: Lang = 'en'): string => format(at, DAY, lang);
export const shortTime = (at: Date, lang: Lang = 'en'): string =>
  `${format(at, TIME, lang)}${lang === 'de' ? ' Uhr' : ''} (UTC)`;

const TAGS: Readonly<Record<Lang, string>> = { en: 'en-GB', de: 'de', ar: 'ar-u-nu-latn-ca-gregory' };

function format(at: Date, options: Intl.DateTimeFormatOptions, lang: Lang): string {
  const text = new Intl.DateTimeFormat(TAGS[lang], { ...options, timeZone: 'UTC' }).format(at);
  return lang === 'en' ? text.replace(/^(\p{L}+),/u, '$1') : text;
}

export const grouped = (text: string, by: string): string => `${text.slice(0, 4)}${by}${text.slice(4)}`;
