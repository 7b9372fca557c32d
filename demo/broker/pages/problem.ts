import { html } from 'hono/html';
import { PROBLEMS } from '../../../src/contract/index.ts';
import { card } from '../../base/card.ts';
import { type Problem, problemBody } from '../../base/problem.ts';
import type { Ctx } from '../../context/env.ts';
import { pageWords } from './words.ts';

/** Words where a browser asks for a page by name; programs, also those that take anything, get what the wire says. */
export function problemAnswer(c: Ctx, { code, figures }: Problem) {
  const { status, person } = PROBLEMS[code];
  if (c.req.method !== 'GET' || !/\btext\/html\b/.test(c.req.header('accept') ?? '')) {
    const body = problemBody(code, { figures, requestId: c.get('requestId') });
    return c.json(body, status, { 'Content-Type': 'application/problem+json' });
  }
  const { lang, words } = pageWords(c);
  const { notFound, checkAddress, unavailable, later } = words.problem;
  // The wire's own sentences are English alone.
  const why = lang === 'en' ? person : later;
  c.status(status);
  return card(c, {
    title: code === 'not_found' ? notFound : unavailable,
    body: html`<p>${/^(not_found|app_unknown)$/.test(code) ? checkAddress : why}</p>`,
  });
}
