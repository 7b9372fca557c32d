import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { lockFolder } from '../../demo/database/folder-lock.ts';

// Windows has no such modes: there a folder inherits who may read it.
const isPosix = process.platform !== 'win32';
const modeOf = (path: string) => (isPosix ? (statSync(path).mode & 0o777).toString(8) : '700');

describe('the data folder', () => {
  const parent = mkdtempSync(join(tmpdir(), 'su-closed-'));
  after(() => rmSync(parent, { recursive: true }));
  const open = (name: string) => {
    const folder = join(parent, name);
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    return folder;
  };

  test('is closed to other users when it is made', () => {
    const folder = join(parent, 'new', '.data');
    lockFolder(folder)();
    assert.deepEqual([modeOf(folder), modeOf(join(parent, 'new'))], ['700', '700']);
  });

  test('is closed when it was there and open, with what stands in it', () => {
    const folder = open('old');
    const parts = ['broker', 'storage'].map((name) => open(join('old', name)));
    lockFolder(folder)();
    assert.deepEqual([folder, ...parts].map(modeOf), ['700', '700', '700']);
  });

  test('keeps its own mode where others have things in it, and ours are closed', () => {
    const folder = open('shared');
    const broker = open(join('shared', 'broker'));
    writeFileSync(join(folder, 'theirs.txt'), '');
    lockFolder(folder)();
    assert.deepEqual([modeOf(folder), modeOf(broker)], [isPosix ? '755' : '700', '700']);
  });
});
