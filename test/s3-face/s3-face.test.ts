import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { XMLParser } from 'fast-xml-parser';
import { Hono } from 'hono';
import { s3Routes } from '../../demo/broker/routes/s3.ts';
import type { Env } from '../../demo/context/env.ts';
import { MB, type ProblemBody, type S3Act, type S3Ticket } from '../../src/contract/index.ts';
import { PDF } from '../policy/files.ts';
import type { Who } from '../support/page-key.ts';
import { compositeOf, type Part, UploadRig } from '../support/upload-rig.ts';

const PAGE = 'https://www.acme.example';
const METHODS = { create: 'POST', list: 'GET', complete: 'POST', abort: 'DELETE' } as const;
const read = (text: string) => new XMLParser({ parseTagValue: false }).parse(text);

describe('the answers in the XML of S3', () => {
  let rig: UploadRig;
  let face: Hono<Env>;
  before(async () => {
    rig = await UploadRig.start();
    face = new Hono<Env>();
    face.use(async (c, next) => {
      c.set('requestId', 'request-1');
      await next();
    });
    face.route('/', s3Routes(rig.deps));
  });
  after(() => rig.close());

  /** An upload of three parts: two of 8 MiB and a rest. */
  const begin = (who: Who = {}) => {
    const content = Buffer.alloc(16 * MB + 1000, ' ');
    content.set(Buffer.from(PDF));
    return rig.begun('report.pdf', 'application/pdf', content, who);
  };
  const ask = (upload: string, act: S3Act, who: Who = {}) =>
    rig.call('POST', '/v1/s3/tickets', { upload, act }, who, { origin: PAGE });
  const ticketFor = async (upload: string, act: S3Act, who: Who = {}): Promise<S3Ticket> => {
    const answer = await ask(upload, act, who);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body as S3Ticket;
  };
  const use = async (ticket: S3Ticket, method: string, change: { path?: string; headers?: object } = {}) => {
    const headers = { ...ticket.headers, origin: PAGE, ...change.headers };
    const response = await face.request(change.path ?? new URL(ticket.url).pathname, { method, headers });
    const text = await response.text();
    return { status: response.status, type: response.headers.get('content-type'), body: text && read(text) };
  };
  const say = async (upload: string, act: S3Act) => use(await ticketFor(upload, act), METHODS[act]);

  test('an upload that is open is named, then its parts with their checksums as ETags, then what became of them', async () => {
    const { id, parts } = await begin();
    const created = await say(id, 'create');
    assert.deepEqual([created.status, created.type], [200, 'application/xml']);
    const { Key, UploadId } = created.body.InitiateMultipartUploadResult;
    assert.deepEqual([Key, UploadId], [id, id]);

    const [first, , last] = parts as [Part, Part, Part];
    await rig.sent(id, [last, first]);
    const listed = (await say(id, 'list')).body.ListPartsResult;
    assert.equal(listed.IsTruncated, 'false');
    assert.deepEqual(listed.Part, [
      { PartNumber: '1', ETag: `"${first.sha256}"`, Size: String(8 * MB) },
      { PartNumber: '3', ETag: `"${last.sha256}"`, Size: '1000' },
    ]);

    await rig.sent(id, parts.slice(1, 2));
    assert.ok((await rig.complete(id, {}, parts)).file);
    const { Location, ETag } = (await say(id, 'complete')).body.CompleteMultipartUploadResult;
    assert.deepEqual([Location, ETag], [`https://broker.example/v1/uploads/${id}`, `"${compositeOf(parts)}"`]);
  });

  test('all parts of a stored upload are named, so that a page which lost the last answer asks for it again', async () => {
    const { id, parts } = await begin();
    await rig.sent(id, parts);
    await rig.complete(id, {}, parts);
    const { Part } = (await say(id, 'list')).body.ListPartsResult;
    assert.deepEqual(
      Part.map(({ PartNumber, Size }: Record<string, string>) => [PartNumber, Size]),
      [
        ['1', String(8 * MB)],
        ['2', String(8 * MB)],
        ['3', '1000'],
      ],
    );
  });

  test('an aborted upload is gone: 204 for its abort, and no ticket for anything else', async () => {
    const { id } = await begin();
    assert.equal((await ask(id, 'abort')).status, 410, 'not before it is aborted');
    const early = await ticketFor(id, 'create');
    await rig.call('DELETE', `/v1/uploads/${id}`);
    const aborted = await say(id, 'abort');
    assert.deepEqual([aborted.status, aborted.body], [204, '']);
    for (const act of ['create', 'list', 'complete'] as const) {
      const { status, body } = await ask(id, act);
      assert.deepEqual([status, (body as ProblemBody).code], [410, 'upload_over']);
    }
    const late = await use(early, 'POST');
    assert.deepEqual([late.status, late.body.Error.Code], [404, 'NoSuchUpload']);
  });

  test('nothing is said of a completion that was not made, and asking for it makes none', async () => {
    const { id, parts } = await begin();
    await rig.sent(id, parts);
    const { status, body } = await ask(id, 'complete');
    assert.deepEqual([status, (body as ProblemBody).code], [409, 'not_stored_yet']);
    assert.equal((await rig.row(id)).state, 'open');
  });

  test('nobody gets a ticket for the upload of another person, another app or nobody', async () => {
    const { id } = await begin();
    const globex = 'https://www.globex.example';
    for (const [who, origin] of [
      [{ person: 'eve' }, PAGE],
      [{ app: 'photos' }, PAGE],
      [{ app: 'globex-cases' }, globex],
    ] as const) {
      const { status, body } = await rig.call('POST', '/v1/s3/tickets', { upload: id, act: 'list' }, who, { origin });
      assert.deepEqual([status, (body as ProblemBody).code], [404, 'not_found']);
    }
    assert.equal((await ask('no-such-upload', 'list')).status, 404);
    assert.equal((await rig.call('POST', '/v1/s3/tickets', { upload: id, act: 'destroy' })).status, 400);
  });

  describe('a ticket', () => {
    test('opens one answer: of no other upload, act or method, and to no other page', async () => {
      const [{ id }, other] = [await begin(), await begin()];
      const ticket = await ticketFor(id, 'list');
      const refused = [
        await use(ticket, 'GET', { path: `/v1/s3/${other.id}/list` }),
        await use(ticket, 'GET', { path: `/v1/s3/${id}/create` }),
        await use(ticket, 'POST'),
        await use(ticket, 'GET', { headers: { origin: 'https://evil.example' } }),
        await use(ticket, 'GET', { headers: { authorization: '' } }),
        await use(ticket, 'GET', { headers: { authorization: ticket.headers.Authorization?.replace('.', '.e') } }),
      ];
      assert.deepEqual(
        refused.map(({ status, body }) => [status, body.Error.Code]),
        refused.map(() => [403, 'AccessDenied']),
      );
      assert.equal((await use(ticket, 'GET')).status, 200);
      assert.equal((await use(ticket, 'GET')).status, 200, 'again, as Uppy does after a lost answer');
    });

    test('ends after a minute', async () => {
      const { id } = await begin();
      const ticket = await ticketFor(id, 'list');
      assert.equal(Date.parse(ticket.expires_at) - rig.deps.now(), 60_000);
      rig.deps.clock.pass(59);
      assert.equal((await use(ticket, 'GET')).status, 200);
      rig.deps.clock.pass(1);
      assert.equal((await use(ticket, 'GET')).status, 403);
    });

    test('stands in a header, never in the address, and the log has none of it', async () => {
      const { id } = await begin();
      const ticket = await ticketFor(id, 'list');
      const secret = ticket.headers.Authorization?.split(' ')[1] ?? '';
      assert.ok(secret.length > 100);
      assert.equal(ticket.url, `https://broker.example/v1/s3/${id}/list`);
      await use(ticket, 'GET');
      for (const line of rig.deps.logged) assert.ok(!line.includes(secret), line);
    });
  });
});
