import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import AwsS3, { type AwsBody } from '@uppy/aws-s3';
import { type Meta, Uppy } from '@uppy/core';
import { Hono } from 'hono';
import { s3Routes } from '../../demo/broker/routes/s3.ts';
import type { Env } from '../../demo/context/env.ts';
import { TicketClient } from '../../src/client/ticket-client.ts';
import { MB, type StartUploads } from '../../src/contract/index.ts';
import { UploadError } from '../../src/errors.ts';
import { brokerSignRequest } from '../../src/uppy/index.ts';
import type { Calls } from '../../src/uppy/ports.ts';
import type { Who } from '../support/page-key.ts';
import { brokerOf, clientOf, fetchOf } from '../support/upload-client.ts';
import { compositeOf, partsOf, put, sha256Of, UploadRig } from '../support/upload-rig.ts';
import { FetchingXhr } from '../support/xhr.ts';

const NOTE = new TextEncoder().encode('The box was open when it arrived.\n');
const soon = () => new Promise((resolve) => setImmediate(resolve));
const noteOf = (text: string) => new Blob([`${text}\n`], { type: 'text/plain' });

/** A PDF as far as its first and last bytes go: two parts of 8 MiB and a rest. */
function pdf(): Buffer<ArrayBuffer> {
  const content = Buffer.from(new Uint8Array(16 * MB + 1000));
  randomBytes(4096).copy(content, 8 * MB);
  content.write('%PDF-1.7\n');
  content.write('\n%%EOF\n', content.length - 7);
  return content;
}

describe('a stock Uppy with @uppy/aws-s3', () => {
  let rig: UploadRig;
  const own = { XMLHttpRequest: globalThis.XMLHttpRequest, fetch: globalThis.fetch };
  before(async () => {
    rig = await UploadRig.start();
    const face = new Hono<Env>();
    face.use(async (c, next) => {
      c.set('requestId', 'request-1');
      await next();
    });
    face.route('/', s3Routes(rig.deps));
    // The broker of the rig has no port; the storage has.
    const fetch = async (url: string, init: RequestInit) => {
      const { origin, pathname } = new URL(url);
      return origin === brokerOf(rig).origin ? face.request(pathname, init) : own.fetch(url, init);
    };
    Object.assign(globalThis, { XMLHttpRequest: FetchingXhr, fetch });
  });
  after(async () => {
    Object.assign(globalThis, own);
    await rig.close();
  });

  function stockUppy(change: Partial<Calls> = {}, who: Who = {}) {
    const client = clientOf(rig, who);
    const tickets = new TicketClient(brokerOf(rig), fetchOf(rig, who));
    const calls: Calls = {
      newTrace: () => client.newTrace(),
      startUploads: (body, batch) => client.startUploads(body, batch),
      signParts: (body, options) => client.signParts(body, options),
      completeUploads: (uploads, batch) => client.completeUploads(uploads, batch),
      uploadStatus: (id) => client.uploadStatus(id),
      abortUpload: (id) => client.abortUpload(id),
      s3Ticket: (ask) => tickets.s3Ticket(ask),
      ...change,
    };
    const signing = brokerSignRequest({ calls, wait: async () => {} });
    const uppy = new Uppy<Meta, AwsBody>({ logger: { debug() {}, warn() {}, error() {} } });
    uppy.use(AwsS3, signing);
    signing.follow(uppy);
    return { uppy, signing, client, calls };
  }

  test('uploads straight to the storage, and is done when the broker says so: its files have receipts then', async () => {
    const { uppy, signing } = stockUppy();
    const id = uppy.addFile({ name: 'note.txt', type: 'text/plain', data: new Blob([NOTE], { type: 'text/plain' }) });
    const result = await uppy.upload();
    assert.deepEqual([result?.successful?.length, result?.failed?.length], [1, 0]);
    const stored = await signing.complete({ id });
    assert.deepEqual([stored.name, stored.size, stored.sha256], ['note.txt', NOTE.length, sha256Of(NOTE)]);
    const { upload, reference, receipt } = uppy.getFile(id).meta;
    assert.deepEqual([upload, reference, receipt], [stored.id, stored.reference, stored.receipt]);
    assert.match(stored.receipt, /^ey/);
  });

  test('settles many files in one call', async () => {
    const sizes: number[] = [];
    const { uppy } = stockUppy({
      completeUploads: (uploads, batch) => {
        sizes.push(uploads.length);
        return clientOf(rig).completeUploads(uploads, batch);
      },
    });
    for (let i = 0; i < 12; i++) uppy.addFile({ name: `${i}.txt`, type: 'text/plain', data: noteOf(`many ${i}`) });
    const result = await uppy.upload();
    assert.equal(result?.successful?.length, 12);
    assert.deepEqual(sizes, [12]);
  });

  test('names the folders that a file was chosen with', async () => {
    const wishes: StartUploads[] = [];
    const { uppy } = stockUppy({
      startUploads: (body, batch) => {
        wishes.push(body);
        return clientOf(rig).startUploads(body, batch);
      },
    });
    const meta = { relativePath: 'holiday/day 1/beach.txt' };
    uppy.addFile({ name: 'beach.txt', type: 'text/plain', data: noteOf('sand'), meta });
    await uppy.upload();
    assert.equal(wishes[0]?.files[0]?.path, 'holiday/day 1');
  });

  test('sends a larger file in the parts of the plan, each bound to its checksum', async () => {
    const { uppy, signing } = stockUppy();
    const content = pdf();
    const id = uppy.addFile({ name: 'plans.pdf', type: 'application/pdf', data: new Blob([content]) });
    const result = await uppy.upload();
    assert.deepEqual(result?.failed, []);
    const stored = await signing.complete({ id });
    assert.deepEqual([stored.part_bytes, stored.sha256], [8 * MB, compositeOf(partsOf(content, 8 * MB))]);
    const row = await rig.row(stored.id);
    assert.deepEqual(await rig.storage.listMultiparts(row.objectKey), []);
  });

  test('is told when the broker refuses and what to do, and sends nothing', async () => {
    const { uppy, signing } = stockUppy();
    const heard: unknown[] = [];
    uppy.on('upload-error', (_file, error) => {
      heard.push(error instanceof UploadError && [error.code, 'details' in error && error.details]);
    });
    const id = uppy.addFile({ name: 'setup.exe', type: '', data: new Blob(['MZ']) });
    const result = await uppy.upload();
    assert.deepEqual([result?.successful?.length, result?.failed?.length], [0, 1]);
    assert.deepEqual(heard, [['file_active', 'Choose another file. Programs are not accepted.']]);
    await assert.rejects(signing.complete({ id }), { code: 'not_found' });
  });

  test('fails a file whose content the broker refuses at the end; a retry sends it anew', async () => {
    const { uppy } = stockUppy();
    const data = new Blob(['%PDF-1.7 says the content'], { type: 'text/plain' });
    const id = uppy.addFile({ name: 'note.txt', type: 'text/plain', data });
    const first = await uppy.upload();
    assert.deepEqual([first?.successful?.length, first?.failed?.length], [0, 1]);
    const { error, progress } = uppy.getFile(id);
    assert.deepEqual([error, progress.uploadComplete], ['file_mismatch', false]);
  });

  test('asks again what failed in passing, and begins nothing twice', async () => {
    let tries = 0;
    const before = await rig.room('cases', 'shaky');
    const client = clientOf(rig, { person: 'shaky' });
    const { uppy } = stockUppy(
      {
        startUploads: async (body, batch) => {
          const answer = await client.startUploads(body, batch);
          tries += 1;
          if (tries === 1) throw new UploadError('broker_down'); // It was heard; its answer was lost.
          return answer;
        },
      },
      { person: 'shaky' },
    );
    uppy.addFile({ name: 'note.txt', type: 'text/plain', data: noteOf('shaky') });
    const result = await uppy.upload();
    assert.equal(result?.successful?.length, 1);
    assert.deepEqual([tries, before.person], [2, [0, 0]]);
    assert.deepEqual((await rig.room('cases', 'shaky')).person, [6, 0]);
  });

  describe('an upload in parts that stopped', () => {
    const begin = async (content: Buffer<ArrayBuffer>, person: string) => {
      const rest = stockUppy({}, { person });
      const file = { id: 'plans', name: 'plans.pdf', type: 'application/pdf', data: new Blob([content]) };
      rest.signing.generateObjectKey(file);
      const { url } = await rest.signing.signRequest({ method: 'POST', key: 'plans' });
      const upload = url.split('/').at(-2) ?? '';
      const [first] = partsOf(content, 8 * MB);
      assert.ok(first);
      await rig.sent(upload, [first], { person });
      return { ...rest, upload, first, file };
    };
    const resume = (content: Buffer<ArrayBuffer>, upload: string, person: string) => {
      const signed: number[] = [];
      const client = clientOf(rig, { person });
      const { uppy } = stockUppy(
        {
          signParts: (body, options) => {
            signed.push(...body.parts.map(({ number }) => number));
            return client.signParts(body, options);
          },
        },
        { person },
      );
      const id = uppy.addFile({ name: 'plans.pdf', type: 'application/pdf', data: new Blob([content]) });
      // As a restored Uppy has it.
      uppy.setFileState(id, { s3Multipart: { uploadId: upload, key: id } });
      return { uppy, id, signed };
    };

    test('goes on with what is stored: no part is sent twice', async () => {
      const content = pdf();
      const { upload } = await begin(content, 'resumer');
      const { uppy, id, signed } = resume(content, upload, 'resumer');
      const result = await uppy.upload();
      assert.deepEqual([result?.failed, signed], [[], [2, 3]]);
      assert.equal(uppy.getFile(id).meta.upload, upload);
      assert.deepEqual((await rig.room('cases', 'resumer')).person, [content.length, 0]);
    });

    test('never goes on with another file: its parts are compared first, and a retry begins anew', async () => {
      const { upload } = await begin(pdf(), 'mixer');
      const other = pdf();
      other.write('%PDF-1.4\n');
      const { uppy, id, signed } = resume(other, upload, 'mixer');
      await uppy.upload();
      assert.deepEqual([uppy.getFile(id).error, signed], ['file_changed', []]);
      const again = await uppy.retryUpload(id);
      assert.deepEqual([again?.failed, signed], [[], [1, 2, 3]]);
      assert.notEqual(uppy.getFile(id).meta.upload, upload);
      assert.equal((await rig.row(upload)).state, 'aborted');
    });

    test('belongs to its person: another account gets nothing of it', async () => {
      const content = pdf();
      const { upload } = await begin(content, 'owner');
      const { uppy, id } = resume(content, upload, 'eve');
      await uppy.upload();
      assert.match(uppy.getFile(id).error ?? '', /^not_found /);
      assert.equal((await rig.row(upload)).state, 'open');
    });

    test('takes no part that is changed, of another size, or outside the plan', async () => {
      const content = pdf();
      const { signing, upload, first } = await begin(content, 'bender');
      const part = async (partNumber: number) =>
        signing.signRequest({ method: 'PUT', key: 'plans', uploadId: upload, partNumber });
      const send = async (bytes: Uint8Array<ArrayBuffer>) => {
        const { url, headers } = await part(2);
        return (await fetch(url, { method: 'PUT', headers, body: bytes })).status;
      };
      const second = new Uint8Array(content.subarray(8 * MB, 16 * MB));
      const changed = second.slice();
      changed[5] = (changed[5] ?? 0) ^ 1;
      assert.deepEqual([await send(changed), await send(second.slice(0, 5 * MB))], [400, 403]);
      await assert.rejects(part(4), { code: 'bad_request' });
      const [grant] = await rig.signed(upload, [first], { person: 'bender' });
      assert.ok(grant && (await put(grant, second)) >= 400);
    });

    test('is aborted when its file is removed', { timeout: 20_000 }, async () => {
      const content = pdf();
      const { upload } = await begin(content, 'leaver');
      const { uppy, id } = resume(content, upload, 'leaver');
      const row = await rig.row(upload);
      uppy.on('s3-multipart:part-uploaded', () => uppy.removeFile(id));
      await uppy.upload();
      while ((await rig.storage.listMultiparts(row.objectKey)).length > 0) await soon();
      assert.equal((await rig.row(upload)).state, 'aborted');
    });
  });

  test('leaves nothing open where a file is removed while its upload is being begun: Uppy forgets such uploads', {
    timeout: 20_000,
  }, async () => {
    const client = clientOf(rig, { person: 'hasty' });
    let upload = '';
    const { uppy } = stockUppy(
      {
        startUploads: async (body, batch) => {
          const answer = await client.startUploads(body, batch);
          const [entry] = answer.files;
          if (entry && 'upload' in entry) upload = entry.upload.id;
          uppy.cancelAll();
          return answer;
        },
      },
      { person: 'hasty' },
    );
    uppy.addFile({ name: 'plans.pdf', type: 'application/pdf', data: new Blob([pdf()]) });
    await uppy.upload();
    while ((await rig.row(upload)).state === 'open') await soon();
    assert.equal((await rig.row(upload)).state, 'aborted');
  });

  test('refuses what the plan does not have: a single PUT above 16 MiB before a byte of it is read, parts below', async () => {
    const { signing } = stockUppy();
    const data = new Blob([new Uint8Array(16 * MB + 1)]);
    data.arrayBuffer = () => assert.fail('was read');
    signing.generateObjectKey({ id: 'large', name: 'large.zip', type: '', data });
    await assert.rejects(signing.signRequest({ method: 'PUT', key: 'large' }), { code: 'file_large' });
    signing.generateObjectKey({ id: 'small', name: 'small.txt', type: '', data: noteOf('small') });
    await assert.rejects(signing.signRequest({ method: 'POST', key: 'small' }), { code: 'bad_request' });
    await assert.rejects(signing.signRequest({ method: 'PUT', key: 'nobody' }), { code: 'bad_request' });
  });
});
