import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { examineAndClear } from '../../demo/bucket/doctor.ts';
import { type Bend, bentBucket, isCleared, leftIn, OBJECT, PAGES } from './bent-bucket.ts';

const NAME = 'knows how small files travel';

const isForm = ({ body }: { readonly body: unknown }): boolean => body instanceof FormData;
/** One from each page. */
const RIGHT_ONES = PAGES.length;

/** What the doctor says of forms in such a store, and the method of a grant for a small file there. */
async function look(t: TestContext, bend: Bend): Promise<readonly [detail: string, method: string]> {
  const { store, bucket } = await bentBucket(t, bend);
  const checks = await examineAndClear(bucket, PAGES);
  const found = checks.find(({ name }) => name === NAME);
  assert.equal(found?.ok, true, 'no promise of the bucket hangs on it');
  assert.equal(await isCleared(bucket), true);
  assert.deepEqual(await leftIn(bucket), []);
  assert.deepEqual(store.faults, []);
  return [found.detail, (await bucket.grantFile(OBJECT, 60, true)).method];
}

/** Answers the form of this number (the right ones go first) in another way. */
function onForm(number: number, bend: Bend): Bend {
  let seen = -1;
  return (call, send) => {
    if (isForm(call)) seen += 1;
    return isForm(call) && seen === number ? bend(call, send) : send();
  };
}

const taken: Bend = async () => new Response(null, { status: 204 });

describe('small files', () => {
  test('travel as forms where the store holds each form to its policy', async (t) => {
    assert.deepEqual(await look(t, (_, send) => send()), [
      'Small files travel as forms, without a preflight: each of 13 bent ones was refused.',
      'POST',
    ]);
  });

  const TRIES = [
    'other bytes was',
    'other bytes without the checksum was',
    'other bytes with their own checksum was',
    'one byte more was',
    'one byte less was',
    'another type was',
    'another key was',
    'a form that may overwrite was',
    'a form that opens the file to everybody was',
    'a form without a policy was',
    'a form with another signature was',
    'a form one minute past its life was',
  ];
  for (const [i, what] of TRIES.entries()) {
    test(`travel by PUT where ${what} answered 204`, async (t) => {
      assert.deepEqual(await look(t, onForm(RIGHT_ONES + i, taken)), [
        `Small files travel by PUT: ${what} answered 204.`,
        'PUT',
      ]);
    });
  }

  test('travel by PUT where a second form takes the place of the first', async (t) => {
    const [detail, method] = await look(t, onForm(RIGHT_ONES + TRIES.length + 1, taken));
    assert.equal(method, 'PUT');
    assert.equal(detail, 'Small files travel by PUT: a second form under one name was answered 204.');
  });

  test('travel by PUT where a refused form is stored all the same', async (t) => {
    const bend: Bend = async ({ body }, send) => {
      const form = body as unknown as FormData;
      form.set('content-type', 'image/png');
      const right = new FormData();
      for (const [name, value] of form) if (name !== 'file') right.append(name, value);
      right.append('file', form.get('file') ?? '');
      await send({ body: right });
      return new Response(null, { status: 403 });
    };
    const [detail, method] = await look(t, onForm(RIGHT_ONES + TRIES.indexOf('another type was'), bend));
    assert.deepEqual([detail, method], ['Small files travel by PUT: another type was answered 403.', 'PUT']);
  });

  test('travel by PUT where the store knows no forms', async (t) => {
    const [detail, method] = await look(t, (call, send) =>
      isForm(call) ? Promise.resolve(new Response(null, { status: 412 })) : send(),
    );
    assert.deepEqual([detail, method], ['Small files travel by PUT: the right form was answered 412.', 'PUT']);
  });

  test('travel by PUT where a store that takes forms fails on one', async (t) => {
    const fails: Bend = async () => new Response(null, { status: 500 });
    assert.deepEqual(await look(t, onForm(RIGHT_ONES + 3, fails)), [
      'Small files travel by PUT: one byte more was not answered.',
      'PUT',
    ]);
  });

  test('travel by PUT where the store cannot be asked after a form', async (t) => {
    let isAsked = false;
    const [detail, method] = await look(t, (call, send) => {
      const isNow = isForm(call) || isAsked;
      isAsked = isForm(call);
      return isNow && call.method === 'HEAD' ? Promise.resolve(new Response(null, { status: 500 })) : send();
    });
    assert.deepEqual(
      [detail, method],
      ['Small files travel by PUT: a form failed (The storage answered 500.).', 'PUT'],
    );
  });

  test('travel by PUT where pages could not read the answer to a form', async (t) => {
    const [detail, method] = await look(t, async (call, send) => {
      const answer = await send();
      if (!isForm(call)) return answer;
      const headers = new Headers(answer.headers);
      if (call.headers.origin === PAGES[1]) headers.delete('access-control-allow-origin');
      return new Response(null, { status: answer.status, headers });
    });
    assert.deepEqual(
      [detail, method],
      [`Small files travel by PUT: a page of ${PAGES[1]} could not read the answer to a form.`, 'PUT'],
    );
  });

  test('travel by PUT where the store forgets the checksum of a form', async (t) => {
    let keys: readonly string[] = [];
    const [detail, method] = await look(t, async (call, send) => {
      if (isForm(call)) keys = [...keys, String((call.body as unknown as FormData).get('key'))];
      const answer = await send();
      if (call.method !== 'HEAD' || !keys.some((key) => call.url.endsWith(key))) return answer;
      const headers = new Headers(answer.headers);
      headers.delete('x-amz-checksum-sha256');
      return new Response(null, { status: answer.status, headers });
    });
    assert.deepEqual(
      [detail, method],
      ['Small files travel by PUT: a form was stored without its type or its SHA-256.', 'PUT'],
    );
  });

  test('travel by PUT where nobody accepts a form, and where they are over 1 MiB', async (t) => {
    const { bucket } = await bentBucket(t, (_, send) => send());
    await examineAndClear(bucket, PAGES);
    const methodOf = async (size: number, acceptsForms?: boolean) =>
      (await bucket.grantFile({ ...OBJECT, size }, 60, acceptsForms)).method;
    assert.deepEqual(
      [
        await methodOf(1),
        await methodOf(1, false),
        await methodOf(1024 ** 2, true),
        await methodOf(1024 ** 2 + 1, true),
      ],
      ['PUT', 'PUT', 'POST', 'PUT'],
    );
  });
});
