import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressClass, RateLimit } from '../../demo/base/rate-limit.ts';

describe('a rate', () => {
  const limit = (rate: { perMinute: number; burst: number }, keys?: number) => {
    const clock = { now: 0 };
    return { clock, rate: new RateLimit(rate, () => clock.now, keys) };
  };

  test('lets so many through at once, and then as many as the minute has', () => {
    const { clock, rate } = limit({ perMinute: 60, burst: 3 });
    assert.deepEqual(
      [1, 2, 3, 4, 5].map(() => rate.take('a')),
      [0, 0, 0, 1, 1],
    );
    clock.now += 999;
    assert.equal(rate.take('a'), 1);
    clock.now += 1;
    assert.deepEqual([rate.take('a'), rate.take('a')], [0, 1]);
  });

  test('says how long to wait, and that is long enough', () => {
    const { clock, rate } = limit({ perMinute: 4, burst: 1 });
    rate.take('a');
    const seconds = rate.take('a');
    assert.equal(seconds, 15);
    clock.now += seconds * 1000;
    assert.equal(rate.take('a'), 0);
  });

  test('is back in full after a pause, and no fuller', () => {
    const { clock, rate } = limit({ perMinute: 60, burst: 2 });
    rate.take('a');
    clock.now += 3_600_000;
    assert.deepEqual(
      [1, 2, 3].map(() => rate.take('a')),
      [0, 0, 1],
    );
  });

  test('of one takes nothing from another', () => {
    const { rate } = limit({ perMinute: 60, burst: 1 });
    for (let call = 0; call < 1000; call++) rate.take('flood');
    assert.equal(rate.take('somebody else'), 0);
  });

  test('is kept for the last who came: whoever makes up names takes no memory and locks nobody out', () => {
    const { rate } = limit({ perMinute: 60, burst: 1 }, 100);
    rate.take('a');
    for (let name = 0; name < 10_000; name++) assert.equal(rate.take(String(name)), 0);
    assert.equal(rate.take('a'), 0);
  });

  test('is not filled by a clock that goes back', () => {
    const { clock, rate } = limit({ perMinute: 60, burst: 1 });
    rate.take('a');
    clock.now -= 60_000;
    assert.equal(rate.take('a'), 1);
  });
});

describe('where a call comes from', () => {
  for (const [address, expected] of [
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
    ['unknown', 'unknown'],
  ] as const) {
    test(`${address} counts as ${expected}`, () => assert.equal(addressClass(address), expected));
  }
});
