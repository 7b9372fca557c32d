import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import exifr from 'exifr';
import fc from 'fast-check';
import { type Transformed, TransformFailure, transform } from '../../src/transform/index.ts';
import { gif, heic, join, jpeg, noise, PDF, png, segment, text, webp } from '../policy/cases/bytes.ts';
import {
  crc32,
  type ExifFacts,
  exif,
  pngChunk,
  withJpegMetadata,
  withPngMetadata,
  withWebpMetadata,
} from './metadata.ts';

const PIXELS = { width: 640, height: 480 };
const PNG = join(png().subarray(0, 33), pngChunk('IDAT', noise(3000)), png().subarray(33));
const WEBP = webp();

const FORMATS = {
  'image/jpeg': { plain: jpeg(), rich: (facts: ExifFacts) => withJpegMetadata(jpeg(), facts) },
  'image/png': { plain: PNG, rich: (facts: ExifFacts) => withPngMetadata(PNG, facts) },
  'image/webp': { plain: WEBP, rich: (facts: ExifFacts) => withWebpMetadata(WEBP, PIXELS, facts) },
} as const;
type Format = keyof typeof FORMATS;
const formats = Object.entries(FORMATS) as [Format, (typeof FORMATS)[Format]][];

const never = new AbortController().signal;
const fileOf = (bytes: Uint8Array<ArrayBuffer>, type = '', name = 'a') =>
  new File([bytes], name, { type, lastModified: 7 });
const cleaned = (bytes: Uint8Array<ArrayBuffer>, type = ''): Promise<Transformed> =>
  transform(fileOf(bytes, type), { remove_metadata: true, required: true }, never);
const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
const has = (bytes: Uint8Array, word: string): boolean => Buffer.from(bytes).includes(Buffer.from(word, 'latin1'));
/** Fails with its code. */
const failsAs = (code: TransformFailure['code']) => (error: unknown) =>
  error instanceof TransformFailure && error.code === code && error.message === code;

/** Everything that an independent parser reads. */
const read = (bytes: Uint8Array) =>
  exifr.parse(Buffer.from(bytes), {
    tiff: true,
    gps: true,
    xmp: true,
    iptc: true,
    makerNote: true,
    ifd1: true,
    userComment: true,
  });

const TRACES = [
  'Cameras',
  'Serial',
  '2026:11',
  'GPS',
  'xmpmeta',
  'Berlin',
  'Jo',
  'MPF',
  'Samsung',
  'behind',
  'film',
  'ABCD',
];

for (const [type, { plain, rich }] of formats) {
  describe(`metadata of ${type}`, () => {
    test('is there before, as an independent parser sees it', async () => {
      if (type === 'image/webp') {
        assert.ok(TRACES.some((word) => has(rich({ hasLocation: true }), word))); // The parser reads no WebP.
        return;
      }
      // Without what stands behind the end, where the parser falls over.
      const told = await read(
        rich({ hasLocation: true, orientation: 6 }).slice(0, type === 'image/png' ? -6 : undefined),
      );
      assert.equal(told.latitude.toFixed(3), '52.520');
      assert.equal(told.Make, 'Cameras');
    });

    test('is gone afterwards: camera, place, maker note, thumbnail, XMP, IPTC, comments, what stood behind the end', async () => {
      const { file, locationRemoved, metadataRemoved, removed } = await cleaned(rich({ hasLocation: true }), type);
      const bytes = await bytesOf(file);
      assert.deepEqual([locationRemoved, metadataRemoved], [true, true]);
      assert.ok(removed.includes('exif') && removed.includes('xmp') && removed.includes('trailer'), removed.join());
      assert.deepEqual(
        TRACES.filter((word) => has(bytes, word)),
        [],
      );
      if (type === 'image/webp') return;
      assert.equal(await exifr.gps(Buffer.from(bytes)), undefined);
      const told = (await read(bytes)) ?? {};
      const facts = [
        'ImageWidth',
        'ImageHeight',
        'BitDepth',
        'ColorType',
        'Compression',
        'Filter',
        'Interlace',
        'JFIFVersion',
        'ResolutionUnit',
        'XResolution',
        'YResolution',
        'ThumbnailWidth',
        'ThumbnailHeight',
      ];
      assert.deepEqual(
        Object.keys(told).filter((key) => !facts.includes(key)),
        [],
      );
    });

    test('leaves exactly the picture without it', async () => {
      const { file, before, after } = await cleaned(rich({}), type);
      const bytes = await bytesOf(file);
      if (type === 'image/webp') assert.deepEqual(bytes.subarray(30), plain.subarray(30));
      else assert.deepEqual(bytes, plain);
      assert.deepEqual([file.name, file.type, file.lastModified], ['a', type, 7]);
      assert.deepEqual(before, { size: rich({}).length, ...PIXELS });
      assert.deepEqual(after, { size: file.size, ...PIXELS });
    });

    test('was no place where none stood', async () => {
      const { locationRemoved, metadataRemoved } = await cleaned(rich({}), type);
      assert.deepEqual([locationRemoved, metadataRemoved], [false, true]);
    });

    for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
      test(`keeps how the picture is turned: ${orientation}`, async () => {
        const { file, before } = await cleaned(rich({ orientation, hasLocation: true }), type);
        const bytes = await bytesOf(file);
        const at = Buffer.from(bytes).indexOf(Buffer.from('MM\0*'));
        assert.deepEqual(
          [...bytes.subarray(at + 8, at + 26)],
          [0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
        );
        if (type !== 'image/webp') assert.equal(await exifr.orientation(Buffer.from(bytes)), orientation);
        assert.deepEqual([before.width, before.height], orientation >= 5 ? [480, 640] : [640, 480]);
      });
    }

    test('is not looked for twice: a clean picture comes back as the same object', async () => {
      for (const orientation of [1, 6]) {
        const { file } = await cleaned(rich({ orientation, hasLocation: true }), type);
        const again = await transform(file, { remove_metadata: true }, never);
        assert.equal(again.file, file);
        assert.deepEqual([again.locationRemoved, again.metadataRemoved], [false, false]);
      }
    });

    test('never slips through a picture that is cut anywhere', async () => {
      const whole = rich({ hasLocation: true }).subarray(0, -6);
      const picture = type === 'image/jpeg' ? whole.length - 10 : whole.length;
      for (let length = 12; length < picture; length += 7) {
        const cut = fileOf(whole.slice(0, length), type);
        await assert.rejects(
          transform(cut, { remove_metadata: true }, never),
          failsAs('file_metadata'),
          String(length),
        );
      }
    });

    test('never slips through broken bytes: they fail, or what comes out has no trace', async () => {
      const whole = rich({ hasLocation: true });
      const start = type === 'image/jpeg' ? 2 : 12;
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length - start - 1), fc.nat(255), async (at, byte) => {
          const broken = whole.slice();
          broken[start + at] = byte;
          try {
            const { file } = await cleaned(broken, type);
            const told = await exifr.gps(Buffer.from(await bytesOf(file))).catch(() => undefined);
            assert.equal(told, undefined);
            assert.ok(!has(await bytesOf(file), 'Serial number'));
          } catch (error) {
            assert.ok(failsAs('file_metadata')(error), String(error));
          }
        }),
        { numRuns: 300 },
      );
    });
  });
}

describe('a JPEG', () => {
  test('keeps its colour profile and what says how its colours are stored', async () => {
    const icc = segment(0xe2, 'ICC_PROFILE\0', [1, 1], noise(500));
    const adobe = segment(0xee, 'Adobe', [0, 100, 0, 0, 0, 0, 1]);
    const picture = jpeg(640, 480, icc, adobe);
    const { file } = await cleaned(withJpegMetadata(picture, { hasLocation: true }));
    assert.deepEqual(await bytesOf(file), picture);
  });

  test('loses the thumbnail of JFIF', async () => {
    const plain = jpeg();
    const thumb = segment(0xe0, 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 1, 1], [9, 9, 9]);
    const { file, removed } = await cleaned(join(plain.subarray(0, 2), thumb, plain.subarray(20)));
    assert.deepEqual(removed, ['thumbnail']);
    assert.deepEqual(await bytesOf(file), plain);
  });

  test('is read through scans, stuffed bytes, restarts and fills, also where windows meet', async () => {
    const scan = join(
      ...Array.from({ length: 40_000 }, (_, i) => [0xff, 0, i & 127, 0xff, 0xd0 + (i & 7), 1, 2, 3, 4, 5, 6]),
    );
    const plain = jpeg();
    const body = plain.subarray(0, -5);
    for (const shift of [0, 1, 2, 3, 4, 5]) {
      const two = join(
        body,
        new Uint8Array(shift),
        scan,
        segment(0xc4, new Uint8Array(17)),
        [0xff],
        segment(0xda, [1, 1, 0, 0, 63, 0]),
        scan,
        [0xff, 0xd9],
      );
      const { file, removed } = await cleaned(join(two, segment(0xe1, 'Exif\0\0', exif({ hasLocation: true }))));
      assert.deepEqual(removed, ['trailer']);
      assert.equal(file.size, two.length - 1);
    }
  });
});

describe('a PNG', () => {
  test('has sums that are right where its orientation was written anew', async () => {
    const { file } = await cleaned(withPngMetadata(PNG, { orientation: 6 }));
    const bytes = await bytesOf(file);
    const at = Buffer.from(bytes).indexOf('eXIf');
    const length = Buffer.from(bytes).readUInt32BE(at - 4);
    assert.equal(Buffer.from(bytes).readUInt32BE(at + 4 + length), crc32(bytes.subarray(at, at + 4 + length)));
  });
});

describe('a WebP', () => {
  test('states its own size, and no metadata that it has not', async () => {
    const { file } = await cleaned(withWebpMetadata(WEBP, PIXELS, { hasLocation: true }));
    const bytes = Buffer.from(await bytesOf(file));
    assert.equal(bytes.readUInt32LE(4), bytes.length - 8);
    assert.equal(bytes[20], 0);
  });
});

describe('other files', () => {
  test('pass as they are where nothing is wished, and where they are no pictures', async () => {
    const wish = { remove_metadata: true, max_edge: 10, required: true };
    for (const [bytes, wishes] of [
      [withJpegMetadata(jpeg(), {}), {}],
      [PDF, wish],
      [text('Dear Jo'), wish],
      [new Uint8Array(0), wish],
    ] as const) {
      const file = fileOf(bytes);
      const told = await transform(file, wishes, never);
      assert.deepEqual(told, {
        file,
        locationRemoved: false,
        metadataRemoved: false,
        removed: [],
        before: { size: file.size },
        after: { size: file.size },
      });
      assert.equal(told.file, file);
    }
  });

  test('are refused where removal is demanded of a picture or film that cannot be taken apart', async () => {
    for (const bytes of [heic(), gif(), join('II*\0', [8, 0, 0, 0])])
      await assert.rejects(cleaned(bytes), failsAs('file_metadata'));
    await assert.rejects(cleaned(text('x'), 'video/mp4'), failsAs('file_metadata'));
    const file = fileOf(heic());
    assert.equal((await transform(file, { remove_metadata: true }, never)).file, file);
    await assert.rejects(transform(file, { max_edge: 100, required: true }, never), failsAs('file_dimensions'));
  });

  test('that the device does not give are told apart from broken ones', async () => {
    const file = fileOf(jpeg());
    const gone = Object.defineProperty(file, 'slice', {
      value: () => ({ arrayBuffer: () => Promise.reject(new Error('moved')) }),
    });
    await assert.rejects(transform(gone, { remove_metadata: true }, never), failsAs('file_unreadable'));
  });
});

describe('a transform', () => {
  test('ends with the reason of its signal', async () => {
    const reason = new Error('removed');
    await assert.rejects(transform(fileOf(jpeg()), { remove_metadata: true }, AbortSignal.abort(reason)), reason);
  });

  test('holds one window of a large picture at a time, and no copy of its bytes', async () => {
    const whole = join(jpeg().subarray(0, -2), new Uint8Array(8 * 1024 * 1024), [0xff, 0xd9]);
    const file = fileOf(withJpegMetadata(whole, { hasLocation: true }));
    const asked: number[] = [];
    const slice = file.slice.bind(file);
    Object.defineProperty(file, 'slice', {
      value: (from: number, to: number) => {
        const part = slice(from, to);
        const read = part.arrayBuffer.bind(part);
        return Object.defineProperty(part, 'arrayBuffer', {
          value: () => {
            asked.push(to - from);
            return read();
          },
        });
      },
    });
    const { file: clean } = await transform(file, { remove_metadata: true }, never);
    assert.equal(Math.max(...asked), 256 * 1024);
    assert.ok(asked.reduce((sum, n) => sum + n, 0) < file.size + 1024 * 1024);
    assert.equal(clean.size, whole.length);
  });
});
