import { expect } from '@open-wc/testing';
import { TransformFailure, transform } from '../../src/transform/index.ts';
import { noise } from '../policy/cases/bytes.ts';
import { type ExifFacts, withJpegMetadata, withPngMetadata, withWebpMetadata } from './metadata.ts';

const never = new AbortController().signal;
const SIZE = { width: 61, height: 37 };
type Bytes = Uint8Array<ArrayBuffer>;

const WRITERS: readonly (readonly [string, (plain: Bytes, facts: ExifFacts) => Bytes])[] = [
  ['image/jpeg', withJpegMetadata],
  ['image/png', withPngMetadata],
  ['image/webp', (plain, facts) => withWebpMetadata(plain, SIZE, facts)],
];

/** A picture in four colours and some noise, as this engine writes it; null where it does not write this type. */
async function drawn(type: string, { width, height } = SIZE): Promise<Bytes | null> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  for (const [i, colour] of ['#f00', '#0f0', '#00f', '#ff0'].entries()) {
    context.fillStyle = colour;
    context.fillRect((i % 2) * (width / 2), Math.floor(i / 2) * (height / 2), width / 2, height / 2);
  }
  for (const byte of noise(40)) context.clearRect(byte % width, byte % height, 2, 1);
  const blob = await canvas.convertToBlob({ type, quality: 0.8 });
  return blob.type === type ? new Uint8Array(await blob.arrayBuffer()) : null;
}

/** As it is seen: turned upright. */
async function pixelsOf(picture: Blob): Promise<ImageData> {
  const image = new Image();
  image.src = URL.createObjectURL(picture);
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0);
  URL.revokeObjectURL(image.src);
  return context.getImageData(0, 0, width, height);
}

/** Within [r, g, b] ± 60: JPEG is lossy, and shrinking mixes neighbours. */
function at({ data, width }: ImageData, x: number, y: number): string {
  const from = (y * width + x) * 4;
  return [...data.subarray(from, from + 3)].map((value) => (value > 127 ? 1 : 0)).join('');
}

for (const [type, write] of WRITERS) {
  describe(`${type} in this engine`, () => {
    for (const orientation of [1, 3, 6, 8]) {
      it(`has the same pixels without its metadata, turned by ${orientation}`, async () => {
        const plain = await drawn(type);
        if (!plain) return expect(type).to.equal('image/webp'); // The others are written everywhere.
        const file = new File([write(plain, { orientation, hasLocation: true })], 'a', { type });
        const result = await transform(file, { remove_metadata: true, required: true }, never);
        expect(result.locationRemoved).to.equal(true);
        const [before, after] = [await pixelsOf(file), await pixelsOf(result.file)];
        expect([after.width, after.height]).to.deep.equal([before.width, before.height]);
        expect(after.data.every((value, i) => value === before.data[i])).to.equal(true);
        expect(after.data.some((value) => value !== after.data[0])).to.equal(true);
      });
    }

    it('is made smaller, upright, without metadata', async () => {
      const plain = await drawn(type, { width: 400, height: 200 });
      if (!plain) return expect(type).to.equal('image/webp');
      const facts = { orientation: type === 'image/jpeg' ? 6 : 1, hasLocation: true };
      const bytes =
        type === 'image/webp' ? withWebpMetadata(plain, { width: 400, height: 200 }, facts) : write(plain, facts);
      const file = new File([bytes], 'a', { type, lastModified: 7 });
      const result = await transform(file, { max_edge: 50, remove_metadata: true, required: true }, never);
      const small = await pixelsOf(result.file);
      const turned = type === 'image/jpeg';
      expect([small.width, small.height]).to.deep.equal(turned ? [25, 50] : [50, 25]);
      expect(result.before).to.deep.equal({ size: file.size, width: turned ? 200 : 400, height: turned ? 400 : 200 });
      expect(result.after).to.deep.equal({ size: result.file.size, width: small.width, height: small.height });
      expect([result.file.type, result.file.lastModified, result.locationRemoved]).to.deep.equal([type, 7, true]);
      // Red, green, blue, yellow: a turn to the right brings blue to the top left.
      const corners = [
        at(small, 3, 3),
        at(small, small.width - 4, 3),
        at(small, 3, small.height - 4),
        at(small, small.width - 4, small.height - 4),
      ];
      expect(corners).to.deep.equal(turned ? ['001', '100', '110', '010'] : ['100', '010', '001', '110']);
    });
  });
}

describe('shrinking', () => {
  it('leaves a picture that is small enough exactly as it is', async () => {
    const file = new File([(await drawn('image/png')) ?? ''], 'a.png', { type: 'image/png' });
    expect((await transform(file, { max_edge: 61, required: true }, never)).file).to.equal(file);
  });

  it('keeps what is transparent', async () => {
    const canvas = new OffscreenCanvas(100, 100);
    canvas.getContext('2d')?.fillRect(0, 0, 50, 100);
    const file = new File([await canvas.convertToBlob()], 'a.png', { type: 'image/png' });
    const { file: small } = await transform(file, { max_edge: 10, required: true }, never);
    const { data } = await pixelsOf(small);
    expect([data[3], data[9 * 4 + 3]]).to.deep.equal([255, 0]);
  });

  it('fails where a picture is demanded smaller and cannot be decoded', async () => {
    const plain = await drawn('image/jpeg', { width: 400, height: 200 });
    if (!plain) throw new Error('no JPEG');
    const broken = plain.slice();
    const frame = broken.findIndex((byte, i) => byte === 0xff && broken[i + 1] === 0xc0);
    broken[frame + 4] = 77; // Bits of a sample: no decoder takes them.
    const file = new File([broken], 'a.jpg', { type: 'image/jpeg' });
    const failure = await transform(file, { max_edge: 50, required: true }, never).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(TransformFailure);
    expect((failure as TransformFailure).code).to.equal('file_dimensions');
    expect((await transform(file, { max_edge: 50 }, never)).file).to.equal(file);
  });

  it('ends with the reason of its signal', async () => {
    const file = new File([(await drawn('image/png')) ?? ''], 'a.png');
    const leaving = new AbortController();
    const ended = transform(file, { max_edge: 5 }, leaving.signal).catch((error: unknown) => error);
    leaving.abort('removed');
    expect(await ended).to.equal('removed');
  });
});
