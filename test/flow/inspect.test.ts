import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from '../../src/flow/inspect.ts';
import type { ItemSnapshot } from '../../src/flow/upload-snapshot.ts';
import { APP } from '../support/upload-desk.ts';

/** A JPEG of nothing but a comment: start of image, comment of two letters, end of image. */
const COMMENTED = new Uint8Array([0xff, 0xd8, 0xff, 0xfe, 0, 4, 0x6a, 0x6f, 0xff, 0xd9]);
const ACCEPTS = [{ name: 'photos' as const, types: ['image/jpeg'], extensions: ['jpg'] }];

/** What becomes of it where nothing was taken out of it, though something said so. */
async function seen(transforms: { remove_metadata?: boolean; required?: boolean }) {
  const file = new File([COMMENTED], 'photo.jpg', { type: 'image/jpeg' });
  const item: ItemSnapshot = {
    key: 'one',
    file,
    name: file.name,
    size: file.size,
    type: file.type,
    phase: 'preparing',
    sent: 0,
  };
  return inspect(
    item,
    { limits: { ...APP.limits, accepts: ACCEPTS }, transforms },
    {
      transform: async (same) => ({ file: same, locationRemoved: false, before: {}, after: {} }),
      guess: () => '',
      signal: new AbortController().signal,
    },
  );
}

test('a picture that still says something is refused where the template demands that nothing is said, whoever cleaned it', async () => {
  assert.deepEqual((await seen({ remove_metadata: true, required: true })).problem, { code: 'file_metadata' });
});

test('where the template only wishes it, such a picture goes on', async () => {
  assert.equal((await seen({ remove_metadata: true, required: false })).problem, null);
  assert.equal((await seen({ required: true })).problem, null);
});
