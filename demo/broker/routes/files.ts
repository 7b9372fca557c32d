import { Hono } from 'hono';
import { CreateFolder } from '../../../src/contract/index.ts';
import { readBody, readId } from '../../base/body.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { requireToken } from '../../identity/require-token.ts';
import { createFolder, deleteFile, fileUrl, listFiles } from '../../uploads/files.ts';

export function fileRoutes(deps: Deps): Hono<Env> {
  const reader = requireToken(deps, 'files:read', { keepsWithin: true });
  return new Hono<Env>()
    .post('/v1/folders', requireToken(deps, 'uploads:create'), async (c) =>
      c.json(await createFolder(deps, c.get('caller'), await readBody(c, CreateFolder)), 201),
    )
    .get('/v1/files', reader, async (c) => {
      const { folder, cursor } = c.req.query();
      return c.json(await listFiles(deps, c.get('caller'), { folder, cursor }));
    })
    .post('/v1/files/:id/url', reader, async (c) => c.json(await fileUrl(deps, c.get('caller'), readId(c))))
    .delete('/v1/files/:id', requireToken(deps, 'files:delete', { keepsWithin: true }), async (c) => {
      await deleteFile(deps, c.get('caller'), readId(c));
      return c.body(null, 204);
    });
}
