import { Hono } from 'hono';
import { CompleteUploads, SignParts, StartUploads } from '../../../src/contract/index.ts';
import { readBody, readId } from '../../base/body.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { requireToken } from '../../identity/require-token.ts';
import { completeUploads } from '../../uploads/completion.ts';
import { signParts } from '../../uploads/grants.ts';
import { abortUpload, uploadStatus } from '../../uploads/open-uploads.ts';
import { roomOf } from '../../uploads/quota.ts';
import { startUploads } from '../../uploads/uploads.ts';

/** Bytes of JSON: the checksums of 10,000 parts are 470 kB. */
const MAX_COMPLETION = 1024 * 1024;

export function uploadRoutes(deps: Deps): Hono<Env> {
  const uploader = requireToken(deps, 'uploads:create', { keepsWithin: true });
  return new Hono<Env>()
    .get('/v1/room', requireToken(deps, 'uploads:create'), async (c) => c.json(await roomOf(deps.db, c.get('caller'))))
    .post('/v1/uploads', uploader, async (c) => {
      const body = await readBody(c, StartUploads);
      return c.json(await startUploads(deps, c.get('caller'), c.req.header('idempotency-key'), body), 201);
    })
    .post('/v1/uploads/parts', uploader, async (c) =>
      c.json(await signParts(deps, c.get('caller'), await readBody(c, SignParts))),
    )
    .post('/v1/uploads/complete', uploader, async (c) => {
      const body = await readBody(c, CompleteUploads, MAX_COMPLETION);
      const answer = await completeUploads(deps, c.get('caller'), c.req.header('idempotency-key'), body);
      const isEarly = answer.files.some((entry) => 'problem' in entry && entry.problem.code === 'not_stored_yet');
      return c.json(answer, 200, isEarly ? { 'Retry-After': '1' } : {});
    })
    .get('/v1/uploads/:id', uploader, async (c) => c.json(await uploadStatus(deps, c.get('caller'), readId(c))))
    .delete('/v1/uploads/:id', uploader, async (c) => {
      await abortUpload(deps, c.get('caller'), readId(c));
      return c.body(null, 204);
    });
}
