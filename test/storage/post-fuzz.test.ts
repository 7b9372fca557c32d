import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { holdTo, parsePolicy } from '../../demo/storage/post-policy.ts';
import { S3Error } from '../../demo/storage/s3-error.ts';
import { BOUNDARY, encoded, FILE, piecesOf, post, postForm, signed, WANTED } from './forms.ts';
import { isClear, MINUTE, odd, soundAfter } from './fuzz-support.ts';
import { startTestStore } from './support.ts';

/** What multipart parsers trip over. */
const shards = fc.constantFrom(
  `--${BOUNDARY}\r\n`,
  `--${BOUNDARY}--\r\n`,
  `\r\n--${BOUNDARY}`,
  `--${BOUNDARY}`,
  '--',
  '\r\n',
  '\r',
  '\n',
  '\r\n\r\n',
  'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
  'Content-Disposition: form-data; name="key"\r\n\r\n',
  'Content-Disposition: form-data; name="__proto__"\r\n\r\n',
  'Content-Disposition: form-data; name=""\r\n\r\n',
  "Content-Disposition: form-data; name*=utf-8''%ff\r\n\r\n",
  'Content-Disposition: attachment\r\n\r\n',
  'Content-Disposition:',
  'Content-Type: text/plain; charset=utf-16\r\n',
  'Content-Transfer-Encoding: base64\r\n',
  `X: ${'y'.repeat(20_000)}\r\n`,
);
const bytes = fc.array(fc.oneof(shards, odd), { maxLength: 12 }).map((all) => Buffer.from(all.join('')));

describe('whatever comes in as a form', MINUTE, () => {
  test('is refused clearly, stores nothing and hangs nobody', async (t) => {
    const store = await startTestStore(t);
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const reply = await post(store, body);
        isClear(reply, 'POST');
        assert.ok(reply.status >= 400, `${reply.status}`);
      }),
      { numRuns: 300 },
    );
    assert.deepEqual(readdirSync(join(store.dataDir, 'temporary')), []);
    await soundAfter(store);
  });

  test('broken anywhere and cut anywhere, a signed one is stored whole or not at all', async (t) => {
    const store = await startTestStore(t);
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), odd, fc.nat(3), async (from, cut, insert, length) => {
        number += 1;
        const key = `forms/${number}`;
        const right = encoded([...piecesOf(await signed(store, { ...WANTED, key })), FILE]);
        const start = from % right.length;
        const body = Buffer.concat([right.subarray(0, start), Buffer.from(insert), right.subarray(start + length)]);
        const at = cut % (body.length + 1);
        const reply = await post(store, [body.subarray(0, at), body.subarray(at)]);
        isClear(reply, 'POST');
        const found = await store.s3.send('GET', key);
        assert.equal(found.status, reply.status === 204 ? 200 : 404);
        if (found.status === 200) assert.deepEqual(Buffer.from(await found.arrayBuffer()), FILE.value);
      }),
      { numRuns: 200 },
    );
    await soundAfter(store);
  });

  test('with any value in any of its fields, it is refused clearly', async (t) => {
    const store = await startTestStore(t);
    const fields = await signed(store);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(fields)), odd, async (name, value) => {
        fc.pre(value !== fields[name]);
        const reply = await postForm(store, { ...fields, [name]: value });
        isClear(reply, 'POST');
        assert.ok(reply.status >= 400, `${name}: ${reply.status}`);
      }),
      { numRuns: 200 },
    );
    await soundAfter(store);
  });

  test('with any content-type, it is refused clearly', async (t) => {
    const store = await startTestStore(t);
    const body = encoded([FILE]);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          odd,
          odd.map((text) => `multipart/form-data; boundary=${text}`),
          odd.map((text) => `multipart/form-data; boundary="${text}`),
          fc.constantFrom('multipart/form-data; boundary=', `multipart/form-data; boundary=${'a'.repeat(8000)}`),
        ),
        async (type) => {
          const reply = await post(store, body, { 'content-type': type.replace(/[^\x20-\x7e]/g, '?') });
          isClear(reply, 'POST');
          assert.ok(reply.status >= 400);
        },
      ),
      { numRuns: 150 },
    );
    await soundAfter(store);
  });
});

describe('whatever a policy says', MINUTE, () => {
  const json = fc.oneof(
    fc.json(),
    odd,
    fc
      .record({
        expiration: fc.oneof(odd, fc.constant('2030-01-01T00:00:00.000Z')),
        conditions: fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.tuple(fc.constantFrom('eq', 'starts-with', 'content-length-range'), odd, odd),
            fc.tuple(fc.constant('content-length-range'), fc.double(), fc.double()),
            fc.dictionary(odd, odd),
          ),
        ),
      })
      .map((policy) => JSON.stringify(policy)),
  );

  test('it is read or refused with a code of S3, and never allows a field that it does not name', () => {
    fc.assert(
      fc.property(json, fc.dictionary(odd, odd), (text, fields) => {
        const form = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
        try {
          const policy = parsePolicy(Buffer.from(text).toString('base64'));
          holdTo(policy, 'bucket', form, Date.parse('2026-11-21T12:00:00Z'));
          const named = new Set(policy.conditions.map(({ field }) => field));
          assert.ok(named.has('bucket'));
          for (const name of form.keys())
            assert.ok(named.has(name) || /^(policy$|x-amz-signature$|x-ignore-)/.test(name));
        } catch (error) {
          assert.ok(error instanceof S3Error, String(error));
          assert.ok(['InvalidPolicyDocument', 'AccessDenied'].includes(error.code), error.code);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
