import { Hono } from 'hono';
import { GiveAgreement } from '../../../src/contract/index.ts';
import { readBody } from '../../base/body.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { requireToken } from '../../identity/require-token.ts';
import { agreementBook } from '../../uploads/agreements.ts';

export function agreementRoutes(deps: Deps): Hono<Env> {
  const uploader = requireToken(deps, 'uploads:create');
  const book = agreementBook(deps);
  return new Hono<Env>()
    .get('/v1/agreements', uploader, async (c) => c.json(await book.read(c.get('caller'))))
    .post('/v1/agreements', uploader, async (c) => {
      const given = await readBody(c, GiveAgreement);
      return c.json(await book.give(c.get('caller'), given), 201);
    });
}
