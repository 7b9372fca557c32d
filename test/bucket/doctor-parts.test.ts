import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examineAndClear } from '../../demo/bucket/doctor.ts';
import {
  type Bend,
  bentBucket,
  type Call,
  codeOf,
  failed,
  isCleared,
  isClearedForParts,
  leftIn,
  OBJECT,
  PAGES,
  yes,
} from './bent-bucket.ts';

const publicUrls = new Set<string>();
const [whole, begun] = [new Set<string>(), new Set<string>()];
const query = (url: string, name: string) => new URL(url).searchParams.get(name);
const isPart = (call: Call) => call.method === 'PUT' && query(call.url, 'partNumber') !== null;
const BENT_PARTS: readonly [string, string, Bend][] = [
  [
    'knows no uploads in parts',
    'takes a file in parts',
    async ({ url, method }, send) =>
      method === 'POST' && query(url, 'uploads') !== null
        ? new Response('<Error><Code>NotImplemented</Code></Error>', { status: 501 })
        : send(),
  ],
  [
    'refuses the right part',
    'takes a file in parts',
    async (call, send) =>
      isPart(call) ? new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 }) : send(),
  ],
  [
    'keeps no checksum of parts, though grants are bound by it',
    'takes a file in parts',
    async ({ url, method }, send) => {
      const response = await send();
      if (method !== 'GET' || query(url, 'uploadId') === null || response.status !== 200) return response;
      return new Response((await response.text()).replaceAll(/<ChecksumSHA256>[^<]+<\/ChecksumSHA256>/g, ''));
    },
  ],
  [
    'tells another composite',
    'takes a file in parts',
    async ({ method }, send) => {
      const response = await send();
      const composite = response.headers.get('x-amz-checksum-sha256');
      if (method !== 'HEAD' || !composite?.endsWith('-1')) return response;
      const headers = { ...Object.fromEntries(response.headers), 'x-amz-checksum-sha256': OBJECT.sha256 };
      return new Response(null, { headers });
    },
  ],
  [
    'takes other bytes in a part',
    'refuses a part that differs from what was signed',
    async (call, send) => {
      const response = await send();
      return isPart(call) && (await codeOf(response)) === 'BadDigest' ? yes() : response;
    },
  ],
  [
    'takes another length of a part',
    'refuses a part that differs from what was signed',
    async (call, send) => {
      const response = await send();
      return isPart(call) && call.body?.byteLength !== 64 && response.status === 403 ? yes() : response;
    },
  ],
  [
    'takes a part after completion',
    'refuses a part after completion',
    async (call, send) => {
      const response = await send();
      return isPart(call) && response.status === 404 ? yes() : response;
    },
  ],
  [
    'says that it put parts over a file',
    'puts no parts over a file that is there',
    async ({ url, method }, send) => {
      const { pathname } = new URL(url);
      if (method === 'PUT' && query(url, 'partNumber') === null) whole.add(pathname);
      if (method === 'POST' && query(url, 'uploads') !== null) begun.add(pathname);
      if (method === 'HEAD' && whole.has(pathname) && begun.has(pathname)) return new Response(null, { status: 404 });
      const response = await send();
      return method === 'POST' && response.status === 412 ? new Response('<CompleteMultipartUploadResult/>') : response;
    },
  ],
  [
    'lets a part make a file public',
    'lets no part make a file public',
    async (call, send) => {
      const { 'x-amz-acl': acl, ...rest } = call.headers;
      const place = call.url.split('?')[0] ?? '';
      if (isPart(call) && acl === 'public-read') {
        publicUrls.add(place);
        return send({ headers: rest });
      }
      return call.method === 'GET' && call.url === place && publicUrls.has(place) ? yes() : send();
    },
  ],
];
for (const [what, name, bend] of BENT_PARTS) {
  test(`${what} fails "${name}": whole files are signed for, parts are not`, async (t) => {
    const { bucket } = await bentBucket(t, bend);
    const checks = await examineAndClear(bucket, PAGES);
    assert.deepEqual(failed(checks), [name], JSON.stringify(checks, null, 1));
    assert.deepEqual([await isCleared(bucket), await isClearedForParts(bucket)], [true, false]);
    assert.deepEqual(await leftIn(bucket), []);
  });
}
