import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** The languages of our own pages. */
export type Lang = 'en' | 'de' | 'ar';

export interface Page {
  readonly title: string;
  readonly lang?: Lang;
  readonly head?: HtmlEscapedString | Promise<HtmlEscapedString>;
  readonly body: HtmlEscapedString | Promise<HtmlEscapedString>;
  /** What the page may do beyond nothing, as CSP directives. */
  readonly policy: string;
  /** Origins of the pages that may show it in a frame; none where absent. */
  readonly framedBy?: readonly string[];
}

/** An origin and nothing that a policy would read as more: no path, wildcard or second directive. */
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d+)?$/;

/** A page of the broker's own: no foreign script, no framing unless it names by whom, no referrer, nothing kept by caches. */
export function page(
  c: Context,
  { title, lang = 'en', head, body, policy, framedBy = [] }: Page,
): Response | Promise<Response> {
  const ancestors = framedBy.filter((origin) => ORIGIN.test(origin)).join(' ') || "'none'";
  const nothing = `default-src 'none'; base-uri 'none'; frame-ancestors ${ancestors}; form-action 'self'; style-src 'self'`;
  c.header('Content-Security-Policy', `${nothing}; ${policy}`);
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  return c.html(html`<!doctype html>
<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${title}</title>
    <link rel="stylesheet" href="/pages/page.css">
    ${head ?? raw('')}
  </head>
  <body>
    ${body}
  </body>
</html>`);
}
