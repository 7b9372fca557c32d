import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { TestOptions } from './broker.ts';
import { LinkRig } from './link-rig.ts';
import { startSignInRig } from './sign-in.ts';
import { UploadRig } from './upload-rig.ts';

const servers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap').length;

/** Fails where the broker's parts are put together. */
const BROKEN: TestOptions = {
  get codes(): never {
    throw new Error('no such codes');
  },
};

describe('a broker that does not start tells its test why and leaves no server behind, for which the file would wait', () => {
  for (const [name, start, why] of [
    ['with sign-in', () => startSignInRig(() => assert.fail('no such routes')), /no such routes/],
    ['with a store', () => UploadRig.start(BROKEN), /no such codes/],
    ['with mail', () => LinkRig.start(BROKEN), /no such codes/],
  ] as const) {
    test(name, async () => {
      assert.equal(servers(), 0);
      await assert.rejects(start, why);
      // A server is closed some turns after it was asked to.
      for (let turns = 0; turns < 100 && servers() > 0; turns++) await turn();
      assert.equal(servers(), 0);
    });
  }
});
