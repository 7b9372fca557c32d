import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TIMES } from '../../demo/context/config.ts';
import { LIVES, type Life, refuseLives } from '../../demo/context/lives.ts';
import { BadSetting, readSettings } from '../../demo/settings.ts';

describe('the lives that an operator sets', () => {
  test('are within their bounds where nothing is set', () => {
    assert.doesNotThrow(() => refuseLives(TIMES));
    assert.deepEqual(readSettings({}).times, TIMES);
  });

  for (const [life, { variable, what, least, most }] of Object.entries(LIVES)) {
    const line = (seconds: number) => `${variable} is ${seconds}. ${what} must be ${least} to ${most} seconds.`;
    test(`${variable} is ${least} to ${most}, and the start is refused for one second less or more`, () => {
      // A lone shortest or longest of an exchange must not cross the other.
      const other = life === 'exchangeShortest' ? { EXCHANGE_MOST_SECONDS: '600' } : { EXCHANGE_SECONDS: '120' };
      const read = (seconds: number) => readSettings({ ...other, [variable]: String(seconds) }).times[life as Life];
      assert.deepEqual([read(least), read(most)], [least, most]);
      for (const seconds of [least - 1, most + 1]) {
        assert.throws(
          () => read(seconds),
          (error) => error instanceof BadSetting && error.message === line(seconds),
        );
      }
    });
  }

  test('are never longer than allowed, also where a test may make them short', () => {
    assert.equal(readSettings({ DEMO_SHORT_LIVES: '1', GRANT_SECONDS: '3' }).times.grant, 3);
    assert.throws(() => readSettings({ DEMO_SHORT_LIVES: '1', GRANT_SECONDS: '301' }), BadSetting);
    assert.throws(() => readSettings({ DEMO_SHORT_LIVES: '1', GRANT_SECONDS: '0' }), BadSetting);
  });

  test('do not cross', () => {
    assert.throws(() => readSettings({ EXCHANGE_SECONDS: '300', EXCHANGE_MOST_SECONDS: '200' }), {
      message: 'EXCHANGE_SECONDS is more than EXCHANGE_MOST_SECONDS.',
    });
  });

  for (const text of ['-1', '5 minutes', '3e2x', '1.5', 'NaN']) {
    test(`are whole numbers: ${text} is not`, () => {
      assert.throws(
        () => readSettings({ ACCESS_TOKEN_SECONDS: text }),
        /^Error: ACCESS_TOKEN_SECONDS is ".*whole number/,
      );
    });
  }
});
