import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FirstLook } from '../../src/flow/first-look.ts';
import { APP } from '../support/upload-desk.ts';

const NO_WINDOW = { open() {}, close() {} };

const lookOf = (version: string, early = NO_WINDOW) =>
  new FirstLook({
    version,
    early,
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

  test('closes a sign-in window that was pressed for once nothing can come of it', async () => {
    const seen: string[] = [];
    const early = { open: () => void seen.push('opened'), close: () => void seen.push('closed') };
    const look = lookOf('0.3.0', early);
    await look.load();
    look.early.open();
    assert.deepEqual(seen, ['opened']);
    look.fail(new TypeError('Failed to fetch'));
    assert.deepEqual(seen, ['opened', 'closed']);
    look.close();
    assert.deepEqual(seen, ['opened', 'closed', 'closed']);
  });
});
