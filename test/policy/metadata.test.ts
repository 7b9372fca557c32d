import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { checkMetadata, EDGE_BYTES } from '../../src/policy/index.ts';
import { transform } from '../../src/transform/index.ts';
import {
  type ExifFacts,
  pngChunk,
  withJpegMetadata,
  withPngMetadata,
  withWebpMetadata,
} from '../transform/metadata.ts';
import { gif, heic, isoMedia, join, jpeg, noise, PDF, png, segment, text, webp } from './cases/bytes.ts';
import { seen } from './files.ts';

const DEMANDED = { remove_metadata: true, required: true };
const PNG = join(png().subarray(0, 33), pngChunk('IDAT', noise(3000)), png().subarray(33));
const PIXELS = { width: 640, height: 480 };

const RICH: Readonly<Record<string, (facts: ExifFacts) => Uint8Array<ArrayBuffer>>> = {
  JPEG: (facts) => withJpegMetadata(jpeg(), facts),
  PNG: (facts) => withPngMetadata(PNG, facts),
  WebP: (facts) => withWebpMetadata(webp(), PIXELS, facts),
};

const verdict = (bytes: Uint8Array<ArrayBuffer>, wishes: Parameters<typeof checkMetadata>[0] = DEMANDED) =>
  checkMetadata(wishes, seen(bytes.subarray(0, EDGE_BYTES), bytes.subarray(-EDGE_BYTES), bytes.length))?.code ??
  'passes';

async function cleaned(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { file } = await transform(new File([bytes], 'a'), DEMANDED, new AbortController().signal);
  return new Uint8Array(await file.arrayBuffer());
}

describe('metadata that a template demands to be taken out', () => {
  for (const [format, rich] of Object.entries(RICH)) {
    for (const hasLocation of [true, false]) {
      test(`is seen in a ${format} ${hasLocation ? 'with' : 'without'} a location, and no more once it is cleaned`, async () => {
        for (const orientation of [1, 3, 6, 8]) {
          const bytes = rich({ orientation, hasLocation });
          assert.equal(verdict(bytes), 'file_metadata');
          assert.equal(verdict(await cleaned(bytes)), 'passes');
        }
      });
    }

    test(`is nobody's business in a ${format} where the template does not demand it`, () => {
      const bytes = rich({ hasLocation: true });
      assert.equal(verdict(bytes, {}), 'passes');
      assert.equal(verdict(bytes, { remove_metadata: true }), 'passes');
      assert.equal(verdict(bytes, { max_edge: 100, required: true }), 'passes');
    });
  }

  test('is seen behind a long picture, at its very end', () => {
    const rich = RICH.PNG?.({ hasLocation: true }) ?? new Uint8Array();
    const told = pngChunk('tEXt', 'Author\0Jo');
    const long = pngChunk('IDAT', noise(200_000));
    assert.equal(verdict(join(rich.subarray(0, 33), long, told, png().subarray(33))), 'file_metadata');
    assert.equal(verdict(join(rich.subarray(0, 33), long, png().subarray(33))), 'passes');
    const film = segment(0xe1, 'Exif\0\0', 'MM and a place');
    assert.equal(verdict(join(jpeg(), noise(200_000), film)), 'file_metadata');
    assert.equal(verdict(join(jpeg(), noise(200_000))), 'passes');
  });

  test('cannot be taken out of other pictures and films, which are refused; what is none of these passes', () => {
    for (const bytes of [heic(), gif(), isoMedia('isom'), isoMedia('qt  ')])
      assert.equal(verdict(bytes), 'file_metadata');
    for (const bytes of [PDF, text('Exif\0\0 in a letter'), new Uint8Array()]) assert.equal(verdict(bytes), 'passes');
  });

  test('is judged without a failure in whatever bytes there are', () => {
    const starts = [jpeg(), PNG, webp(), jpeg().subarray(0, 3), webp().subarray(0, 21)];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), fc.nat(60), (start, rest, cut) => {
        const bytes = join(start.subarray(0, Math.max(2, start.length - cut)), new Uint8Array(rest));
        assert.ok(['passes', 'file_metadata'].includes(verdict(bytes)));
      }),
      { numRuns: 500 },
    );
  });

  test('a file made to be slow costs in step with its size', () => {
    // CPU time of this process alone: what else the machine does counts nothing.
    const cost = (segments: number): number => {
      const began = process.cpuUsage();
      const bytes = join(jpeg().subarray(0, -2), ...Array.from({ length: segments }, () => text('Exif\0\0')));
      assert.equal(verdict(bytes), 'file_metadata');
      for (const name of ['tEXt', 'eXIf', '\xff\xff\xff\xff']) {
        verdict(join(PNG, ...Array.from({ length: segments }, () => text(name))));
        verdict(join(jpeg().subarray(0, 20), new Uint8Array(segments * 12).fill(0xff)));
      }
      return process.cpuUsage(began).user;
    };
    cost(10_000);
    const growth = cost(80_000) / Math.min(cost(10_000), cost(10_000), cost(10_000));
    assert.ok(growth < 24, `eight times the size costs ${growth.toFixed(1)} times as much`);
  });
});
