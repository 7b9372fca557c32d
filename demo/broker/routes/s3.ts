import { Hono } from 'hono';
import { AskS3Ticket } from '../../../src/contract/index.ts';
import { readBody } from '../../base/body.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { requireToken } from '../../identity/require-token.ts';
import { S3Face } from '../../s3-face/index.ts';
import { uploadStatus } from '../../uploads/open-uploads.ts';

/** For an Uppy with @uppy/aws-s3. The face is lent what it says: how an upload stands, to whom it belongs. */
export function s3Routes(deps: Deps): Hono<Env> {
  const face = new S3Face({
    publicUrl: deps.config.publicUrl,
    secret: deps.keys.cookieSecret,
    now: deps.now,
    statusOf: ({ app: id, person }, upload) => {
      const app = deps.registry.app(id);
      return uploadStatus(
        deps,
        { tenant: app.record.tenant, app, person, scopes: new Set(), within: null, lifeCap: null },
        upload,
      );
    },
  });
  return new Hono<Env>()
    .post('/v1/s3/tickets', requireToken(deps, 'uploads:create'), async (c) => {
      const { app, person } = c.get('caller');
      const ask = await readBody(c, AskS3Ticket);
      const origin = c.req.header('origin') ?? '';
      return c.json(await face.ticketFor({ app: app.record.id, person }, ask, origin));
    })
    .route('/', face.routes);
}
