import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { StartedUploads } from '../../src/contract/index.ts';
import { join, jpeg, png, TABLE_LIMITS, webp } from '../policy/cases/bytes.ts';
import { factsOf, put, UploadRig } from '../support/upload-rig.ts';
import { withJpegMetadata, withPngMetadata, withWebpMetadata } from '../transform/metadata.ts';

describe('where a template demands that pictures tell nothing', () => {
  let rig: UploadRig;
  before(async () => {
    const transforms = { remove_metadata: true, required: true };
    rig = await UploadRig.start({ template: (template) => ({ ...template, limits: TABLE_LIMITS, transforms }) });
  });
  after(() => rig.close());

  async function completed(name: string, type: string, bytes: Uint8Array<ArrayBuffer>) {
    const answer = await rig.post('/v1/uploads', { files: [factsOf(name, type, bytes, type)] }, { person: 'jo' });
    const [started] = (answer.body as StartedUploads).files;
    assert.ok(started && 'upload' in started, JSON.stringify(answer.body));
    const { id, grant } = started.upload;
    assert.ok(grant && 'headers' in grant);
    assert.equal(await put(grant, bytes), 200);
    return { ...(await rig.complete(id, { person: 'jo' })), id };
  }

  const location = { hasLocation: true };
  for (const [name, type, plain, rich] of [
    ['a.jpg', 'image/jpeg', jpeg(), withJpegMetadata(jpeg(), location)],
    ['b.png', 'image/png', png(), withPngMetadata(png(), location)],
    ['c.webp', 'image/webp', webp(), withWebpMetadata(webp(), { width: 640, height: 480 }, location)],
  ] as const) {
    test(`a page that does not clean ${name} cannot leave it here`, async () => {
      const { id, problem } = await completed(name, type, rich);
      assert.equal(problem?.code, 'file_metadata');
      assert.equal((await rig.row(id)).state, 'refused');
    });

    test(`the same picture without what it told is stored: ${name}`, async () => {
      const { file, problem } = await completed(name, type, join(plain));
      assert.deepEqual([file?.name, problem], [name, undefined]);
    });
  }
});
