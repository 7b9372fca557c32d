import { type Context, Hono } from 'hono';
import { type AskS3Ticket, PROBLEMS, type S3Act, type S3Ticket, type UploadStatus } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import { answerOf, errorXml } from './answers.ts';
import { type Ticket, Tickets } from './ticket.ts';

/** Whose uploads may be read. */
export interface Holder {
  readonly app: string;
  /** The opaque `sub` of the access token. */
  readonly person: string;
}

/** What the broker lends: this room knows neither its database nor its tokens. */
export interface S3FacePorts {
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly secret: string;
  /** ms since epoch */
  readonly now: () => number;
  /** Fails with not_found where the upload is not this holder's. */
  readonly statusOf: (holder: Holder, upload: string) => Promise<UploadStatus>;
}

interface Env {
  Variables: { requestId: string };
}

const METHODS: Readonly<Record<S3Act, 'GET' | 'POST' | 'DELETE'>> = {
  create: 'POST',
  list: 'GET',
  complete: 'POST',
  abort: 'DELETE',
};

/**
 * The broker as @uppy/aws-s3 understands it. Nothing is done here: an upload is started, completed and aborted by the
 * calls of the wire, under token and proof, and these routes then say in S3's XML what came of it (decision 18).
 */
export class S3Face {
  readonly routes = new Hono<Env>();
  readonly #ports: S3FacePorts;
  readonly #tickets: Tickets;

  constructor(ports: S3FacePorts) {
    this.#ports = ports;
    this.#tickets = new Tickets(ports);
    this.routes.on(['GET', 'POST', 'DELETE'], '/v1/s3/:upload/:act', async (c) => {
      try {
        const { act, app, sub, upload } = await this.#readTicket(c);
        const body = await this.#answer(act, { app, person: sub }, upload);
        return body === null ? c.body(null, 204) : c.body(body, 200, XML);
      } catch (error) {
        // Trouble here or at the storage is answered as everywhere: Uppy tries again without a look at the body.
        if (!(error instanceof Problem) || PROBLEMS[error.code].status >= 500) throw error;
        const { code, status } = asS3(error);
        return c.body(errorXml(code, error.code, c.get('requestId')), status, XML);
      }
    });
  }

  /**
   * Leave for a signed-in person to make one request from one page ('' where it is none). Fails as that request would,
   * so that the page learns why in a problem of the wire.
   */
  async ticketFor({ app, person }: Holder, { upload, act }: AskS3Ticket, origin: string): Promise<S3Ticket> {
    await this.#answer(act, { app, person }, upload);
    const { text, expiresAt } = await this.#tickets.sign({ app, sub: person, upload, act, origin });
    return {
      url: `${this.#ports.publicUrl}/v1/s3/${upload}/${act}`,
      headers: { Authorization: `S3-Ticket ${text}` },
      expires_at: expiresAt.toISOString(),
    };
  }

  async #answer(act: S3Act, holder: Holder, upload: string): Promise<string | null> {
    const status = await this.#ports.statusOf(holder, upload);
    return answerOf(act, { app: holder.app, location: `${this.#ports.publicUrl}/v1/uploads/${upload}`, status });
  }

  /** The ticket of exactly this request. Fails with not_allowed. */
  async #readTicket(c: Context<Env>): Promise<Ticket> {
    const text = /^S3-Ticket ([\w.-]{1,2048})$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (!text) throw new Problem('not_allowed');
    const ticket = await this.#tickets.read(text);
    const isForThis =
      c.req.param('upload') === ticket.upload &&
      c.req.param('act') === ticket.act &&
      c.req.method === METHODS[ticket.act] &&
      (c.req.header('origin') ?? '') === ticket.origin;
    if (!isForThis) throw new Problem('not_allowed');
    return ticket;
  }
}

const XML = { 'Content-Type': 'application/xml', 'Cache-Control': 'no-store' };

function asS3({ code }: Problem): { code: string; status: 403 | 404 | 409 } {
  if (code === 'not_found' || code === 'upload_over') return { code: 'NoSuchUpload', status: 404 };
  if (code === 'not_stored_yet') return { code: 'OperationAborted', status: 409 };
  return { code: 'AccessDenied', status: 403 };
}
