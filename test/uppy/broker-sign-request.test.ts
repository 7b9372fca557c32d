import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import AwsS3 from '@uppy/aws-s3';
import { Uppy } from '@uppy/core';
import { brokerSignRequest } from '../../src/uppy/broker-sign-request.ts';
import { clientOf } from '../support/upload-client.ts';
import { sha256Of, UploadRig } from '../support/upload-rig.ts';
import { FetchingXhr } from '../support/xhr.ts';

const NOTE = new TextEncoder().encode('The box was open when it arrived.\n');

describe('a stock Uppy with @uppy/aws-s3', () => {
  let rig: UploadRig;
  const own = globalThis.XMLHttpRequest;
  before(async () => {
    rig = await UploadRig.start();
    Object.assign(globalThis, { XMLHttpRequest: FetchingXhr });
  });
  after(async () => {
    Object.assign(globalThis, { XMLHttpRequest: own });
    await rig.close();
  });

  function stockUppy() {
    const broker = brokerSignRequest(clientOf(rig));
    const { generateObjectKey, signRequest } = broker;
    const uppy = new Uppy({ logger: { debug() {}, warn() {}, error() {} } });
    uppy.use(AwsS3, { shouldUseMultipart: false, generateObjectKey, signRequest });
    return { uppy, broker };
  }

  test('uploads straight to the storage under a grant of the broker, which then settles it', async () => {
    const { uppy, broker } = stockUppy();
    const id = uppy.addFile({ name: 'note.txt', type: 'text/plain', data: new Blob([NOTE], { type: 'text/plain' }) });
    const result = await uppy.upload();
    assert.deepEqual([result?.successful?.length, result?.failed?.length], [1, 0]);
    const stored = await broker.complete({ id });
    assert.deepEqual([stored.name, stored.size, stored.sha256], ['note.txt', NOTE.length, sha256Of(NOTE)]);
    assert.match(stored.receipt, /^ey/);
  });

  test('is told when the broker refuses, and sends nothing', async () => {
    const { uppy, broker } = stockUppy();
    const id = uppy.addFile({ name: 'setup.exe', type: '', data: new Blob(['MZ']) });
    const result = await uppy.upload();
    assert.deepEqual([result?.successful?.length, result?.failed?.length], [0, 1]);
    await assert.rejects(broker.complete({ id }), { code: 'not_found' });
  });

  test('is refused a file that would have to go in parts, before a byte of it is read', async () => {
    const { broker } = stockUppy();
    const data = new Blob([new Uint8Array(16 * 1024 * 1024 + 1)]);
    data.arrayBuffer = () => assert.fail('was read');
    broker.generateObjectKey({ id: 'large', name: 'large.zip', type: '', data });
    await assert.rejects(broker.signRequest({ method: 'PUT', key: 'large' }), { code: 'file_large' });
  });

  test('is refused a multipart request: this signs single PUTs', async () => {
    const { broker } = stockUppy();
    await assert.rejects(broker.signRequest({ method: 'POST', key: 'x' }), { code: 'bad_request' });
  });
});
