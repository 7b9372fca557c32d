import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FirstLook } from '../../src/flow/first-look.ts';
import { APP } from '../support/upload-desk.ts';

const lookOf = (version: string) =>
  new FirstLook({
    version,
    apps: { readApp: async () => ({ ...APP, retired_scripts: ['0.1.0', '0.2.0'] }) },
    open: () => Promise.reject(new Error('opened')),
  });

describe('the first look at an app', () => {
  test('shows it to a script that still works there', async () => {
    const look = lookOf('0.3.0');
    await look.load();
    assert.deepEqual([look.snapshot.phase, look.snapshot.app?.app], ['choosing', 'cases']);
  });

  test('tells a script that works no longer so, and opens nothing', async () => {
    const look = lookOf('0.2.0');
    await look.load();
    assert.deepEqual(
      [look.snapshot.phase, look.snapshot.problem?.code, look.snapshot.app],
      ['unavailable', 'old_version', null],
    );
    assert.equal(await look.open(), null);
  });
});
