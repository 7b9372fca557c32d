import * as v from 'valibot';
import { FORM_BYTES, HTTP1_REQUESTS, Sha256 } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import { bytes, codeOf, finish, hear, textOf, unexpected } from './answers.ts';
import { attachment } from './attachment.ts';
import { boundTo, Multipart } from './multipart.ts';
import { type BucketConfig, S3, type S3Ports } from './s3.ts';
import type { Binding, Bucket } from './types.ts';
import { contentMd5, corsXml, locationXml, readListing } from './xml.ts';

export type * from './types.ts';

export function createStorage(config: BucketConfig, ports: S3Ports): Bucket {
  const s3 = new S3(config, ports);
  const multipart = new Multipart(s3);
  let cleared: Binding | null = null;
  let clearedForParts: Binding | null = null;
  let takesForms = false;
  let requests = HTTP1_REQUESTS;
  const orUnsafe = (binding: Binding | null): Binding => {
    if (binding === null) throw new Problem('bucket_unsafe');
    return binding;
  };

  const signPut: Bucket['signPut'] = async ({ key, size, type, sha256 }, seconds, binding, age = 0) => {
    const headers = {
      'content-type': type,
      'if-none-match': '*',
      ...boundTo(sha256, binding),
      ...(binding === 'payload' && {
        'x-amz-meta-sha256': sha256, // Such a store keeps no checksum: `head` finds it here.
        'x-amz-acl': 'private', // It also takes unsigned headers: nobody shall add public-read.
      }),
    };
    const { url, expiresAt } = await s3.presign('PUT', key, {
      // Signed, but not for the page to set: browsers take it from the body.
      headers: { ...headers, 'content-length': String(size) },
      seconds,
      age,
    });
    return { method: 'PUT', url, headers, expires_at: expiresAt.toISOString() };
  };

  const signForm: Bucket['signForm'] = async ({ key, size, type, sha256 }, seconds, age = 0) => {
    const wanted = {
      key,
      'content-type': type,
      'if-none-match': '*', // No form of AWS knows it: a store that only ignores it is found out by the doctor.
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': sha256,
    };
    const { fields, expiresAt } = await s3.signForm(wanted, { size, seconds, age });
    return { method: 'POST', url: s3.address(''), fields, expires_at: expiresAt.toISOString() };
  };

  const head: Bucket['head'] = async (key) => {
    const response = await s3.send('HEAD', key, { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    if (response.status === 404) {
      // A HEAD has no body to tell a missing key from a missing bucket.
      await finish(await s3.send('HEAD', ''), 200);
      return null;
    }
    await finish(response, 200);
    const sums = [response.headers.get('x-amz-checksum-sha256'), response.headers.get('x-amz-meta-sha256')];
    return {
      size: Number(response.headers.get('content-length')),
      type: response.headers.get('content-type') ?? '',
      sha256: sums.map(withoutCount).find((sum) => v.is(Sha256, sum)) ?? null,
    };
  };

  return {
    origin: s3.origin,
    get requests() {
      return requests;
    },
    get isCleared() {
      return cleared !== null;
    },
    clear(binding, ways = {}) {
      cleared = binding;
      clearedForParts = (ways.parts ?? true) ? binding : null;
      takesForms = ways.forms ?? false;
      requests = ways.requests ?? HTTP1_REQUESTS;
    },
    signPut,
    signForm,
    grantPut: async (object, seconds) => signPut(object, seconds, orUnsafe(cleared)),
    async grantFile(object, seconds, acceptsForms = false) {
      const binding = orUnsafe(cleared);
      const isForm = acceptsForms && takesForms && object.size <= FORM_BYTES;
      return isForm ? signForm(object, seconds) : signPut(object, seconds, binding);
    },
    signGet: (key, name, seconds) =>
      s3.presign('GET', key, {
        query: {
          'response-content-disposition': attachment(name),
          'response-content-type': 'application/octet-stream',
        },
        seconds,
      }),
    head,
    async read(key, first, last) {
      const response = await s3.send('GET', key, { headers: { range: `bytes=${first}-${last}` } });
      if (response.status === 416) return new Uint8Array(0); // An object of zero bytes has no range.
      if (response.status === 404) {
        const said = await hear(response);
        throw codeOf(said) === 'NoSuchKey' ? new Problem('not_stored_yet') : unexpected(said);
      }
      return bytes(response, 206);
    },
    async remove(key) {
      const response = await s3.send('DELETE', key);
      await finish(response, 200, 204);
    },
    beginMultipart: (key, type) => multipart.begin(key, type),
    async createMultipart(key, type) {
      orUnsafe(clearedForParts);
      return multipart.begin(key, type);
    },
    signPart: (part, seconds, binding) => multipart.sign(part, seconds, binding),
    grantPart: async (part, seconds) => multipart.sign(part, seconds, orUnsafe(clearedForParts)),
    listParts: (key, uploadId) => multipart.parts(key, uploadId),
    async completeMultipart(key, uploadId, parts) {
      const hasEnded = async () => (await multipart.parts(key, uploadId)) === null;
      // Ceph before 20 does not hear If-None-Match here, so a look goes first; keys are random, nobody races for one.
      if ((await head(key)) !== null) return (await hasEnded()) ? 'gone' : 'taken';
      try {
        return await multipart.complete(key, uploadId, parts);
      } catch (error) {
        // Ceph 16 answers 500 for an upload that was aborted; and an answer may be lost on its way.
        if (await hasEnded()) return 'gone';
        throw error;
      }
    },
    abortMultipart: (key, uploadId) => multipart.abort(key, uploadId),
    openMultiparts: (prefix) => multipart.open(prefix),
    async listMultiparts(key) {
      const ids: string[] = [];
      for await (const open of multipart.open(key)) if (open.key === key) ids.push(open.uploadId);
      return ids;
    },
    async *list(prefix) {
      let next: string | undefined;
      do {
        const token = next === undefined ? {} : { 'continuation-token': next };
        const response = await s3.send('GET', '', { query: { 'list-type': '2', prefix, ...token } });
        const page = readListing(textOf(await bytes(response, 200)));
        yield* page.objects;
        next = page.next;
      } while (next !== undefined);
    },
    async ensure() {
      const found = await s3.send('HEAD', '');
      if (found.status !== 404) return finish(found, 200);
      // AWS wants its region named everywhere but in us-east-1.
      let made = await s3.send('PUT', '', s3.region === 'us-east-1' ? {} : { body: locationXml(s3.region) });
      // Ceph calls its one place `default`, whatever region its clients sign for.
      if (made.status === 400) made = await s3.send('PUT', '');
      await finish(made, 200, 409); // 409: another process was faster.
    },
    async putBucketCors(origins) {
      const query = { cors: '' };
      if (origins.length === 0) return finish(await s3.send('DELETE', '', { query }), 200, 204);
      const body = corsXml(origins);
      await finish(await s3.send('PUT', '', { query, body, headers: { 'content-md5': contentMd5(body) } }), 200, 204);
    },
    address: (key) => s3.address(key),
    call: (url, init) => s3.call(url, init),
  };
}

/** A composite checksum says of how many parts: `…=-12`. */
const withoutCount = (sum: string | null): string | undefined => sum?.replace(/-\d{1,5}$/, '');
