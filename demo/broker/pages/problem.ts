import { html } from 'hono/html';
import { PROBLEMS } from '../../../src/contract/index.ts';
import { page } from '../../base/page.ts';

import { type Problem, problemBody } from '../../base/problem.ts';
import type { Ctx } from '../../context/env.ts';

/** Words where a browser asks for a page by name; programs, also those that take anything, get what the wire says. */
export function problemAnswer(c: Ctx, { code, figures }: Problem) {
  const { status, person } = PROBLEMS[code];
  if (c.req.method !== 'GET' || !/\btext\/html\b/.test(c.req.header('accept') ?? '')) {
    const body = problemBody(code, { figures, requestId: c.get('requestId') });
    return c.json(body, status, { 'Content-Type': 'application/problem+json' });
  }
  const title = code === 'not_found' ? 'There is no page at this address' : 'This is not available here right now';
  const text = /^(not_found|app_unknown)$/.test(code) ? 'Check the address, or ask whoever gave it to you.' : person;
  c.status(status);
  return page(c, { title, policy: '', body: html`<main><h1>${title}</h1><p>${text}</p></main>` });
}
