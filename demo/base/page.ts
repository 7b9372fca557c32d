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
  /**
   * Cuts it off from windows of other origins, which else may lead it elsewhere (Cross-Origin-Opener-Policy): all of them, or
   * all but those that it opens itself. Not for a sign-in's windows, which answer the page that opened them.
   */
  readonly isApart?: 'same-origin' | 'same-origin-allow-popups';
  /** Its forms tell our own routes where they come from; `no-referrer` makes that `null` (Fetch, section 3.1). */
  readonly hasForms?: boolean;
  /** Origins that an answer to its forms may lead on to: Chromium holds redirects too against `form-action`. */
  readonly leadsTo?: readonly string[];
}

/** An origin and nothing that a policy would read as more: no path, wildcard or second directive. */
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d+)?$/;
const onlyOrigins = (origins: readonly string[]) => origins.filter((origin) => ORIGIN.test(origin));

/** A page of the broker's own: no foreign script, no framing unless it names by whom, no referrer, nothing kept by caches. */
export function page(c: Context, shown: Page): Response | Promise<Response> {
  const { title, lang = 'en', head, body, policy, framedBy = [], hasForms = false, leadsTo = [], isApart } = shown;
  const ancestors = onlyOrigins(framedBy).join(' ') || "'none'";
  const actions = ["'self'", ...onlyOrigins(leadsTo)].join(' ');
  const nothing = `default-src 'none'; base-uri 'none'; frame-ancestors ${ancestors}; form-action ${actions}; style-src 'self'`;
  c.header('Content-Security-Policy', `${nothing}; ${policy}`);
  c.header('Cache-Control', 'no-store');
  if (isApart) c.header('Cross-Origin-Opener-Policy', isApart);
  c.header('Referrer-Policy', hasForms ? 'same-origin' : 'no-referrer');
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
