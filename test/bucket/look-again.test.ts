import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examineAndClear } from '../../demo/bucket/doctor.ts';
import { lookOnce } from '../../demo/bucket/look-again.ts';
import { bentBucket, PAGES } from './bent-bucket.ts';

test('a store that was away at the start is used once it is back, is not looked at any more then, and each look is a line', async (t) => {
  let isAway = true;
  let calls = 0;
  const { bucket } = await bentBucket(t, async (_, send) => {
    calls += 1;
    if (isAway) throw new TypeError('fetch failed');
    return send();
  });
  const lines: string[] = [];
  const look = () =>
    lookOnce(bucket, PAGES, (level, event, facts) => lines.push([level, event, facts?.reason].join(' ').trim()));
  await examineAndClear(bucket, PAGES);
  assert.equal(bucket.isCleared, false);
  await look();
  assert.equal(bucket.isCleared, false);
  isAway = false;
  await look();
  assert.equal(bucket.isCleared, true);
  const before = calls;
  await look();
  assert.equal(calls, before);
  assert.deepEqual(lines, ['warn bucket.unsafe can be used', 'info bucket.cleared']);
});

test('a store that is there and not safe stays off, with the name of what it does not hold', async (t) => {
  const { bucket } = await bentBucket(t, async ({ url, headers }, send) =>
    new URL(url).search === '' && headers.authorization === undefined ? new Response('', { status: 200 }) : send(),
  );
  const lines: unknown[] = [];
  await lookOnce(bucket, PAGES, (_, event, facts) => lines.push([event, facts?.reason]));
  assert.equal(bucket.isCleared, false);
  assert.deepEqual(lines, [['bucket.unsafe', 'refuses what nobody signed']]);
});
