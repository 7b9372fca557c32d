import { expect } from '@open-wc/testing';
import { html, render } from 'lit';
import { thumbnail } from '../../../src/elements/secure-upload/thumbnail.ts';
import { EMPTY, item } from './fixtures.ts';
import { cleanUp, mount, until } from './mount.ts';

/** A real PNG, all of one colour. */
async function picture(color: string): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = 300;
  canvas.height = 200;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = color;
  context.fillRect(0, 0, 300, 200);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('no picture');
  return new File([blob], 'red.png', { type: 'image/png' });
}

const dimensions = { width: 300, height: 200 };

describe('thumbnails', () => {
  /** What was decoded in this test, by the browser's own function, and into what. */
  let read: ImageBitmapSource[];
  let made: ImageBitmap[];
  const make = globalThis.createImageBitmap;
  beforeEach(() => {
    [read, made] = [[], []];
    globalThis.createImageBitmap = (async (source: Blob, options: ImageBitmapOptions) => {
      read.push(source);
      const bitmap = await make(source, options);
      made.push(bitmap);
      return bitmap;
    }) as typeof make;
  });
  afterEach(() => {
    globalThis.createImageBitmap = make;
    cleanUp();
  });

  it('show the picture itself in the place of the icon', async () => {
    const file = await picture('rgb(255, 0, 0)');
    const { root } = await mount({
      ...EMPTY,
      items: [item('red.png', file.size, 'image/png', 'ready', { file, dimensions })],
    });
    const canvas = root.querySelector('canvas');
    await until(() => canvas?.hidden === false);
    const [red, green] = canvas?.getContext('2d')?.getImageData(40, 40, 1, 1).data ?? [];
    expect(red).to.be.above(240);
    expect(green).to.be.below(15);
    expect(root.querySelector('.picture .icon')?.checkVisibility()).to.equal(false);
  });

  it('leave the icon where a picture cannot be read, and go on with the next', async () => {
    const good = await picture('rgb(0, 0, 255)');
    const { root } = await mount({
      ...EMPTY,
      items: [
        item('broken.png', 9, 'image/png', 'ready', {
          file: new File(['not a PNG'], 'broken.png', { type: 'image/png' }),
          dimensions,
        }),
        item('blue.png', good.size, 'image/png', 'ready', { file: good, dimensions }),
      ],
    });
    const [broken, blue] = root.querySelectorAll('canvas');
    await until(() => blue?.hidden === false);
    expect(broken?.hidden).to.equal(true);
  });

  it('are not tried where drawing would stop the page: strips, pictures too large to decode, and what does not say', async () => {
    const file = await picture('rgb(255, 0, 0)');
    const known = (width: number, height: number) => ({ file, dimensions: { width, height } });
    const { root } = await mount({
      ...EMPTY,
      items: [
        item('strip.png', 236, 'image/png', 'ready', known(4, 20_000)),
        item('huge.png', 236, 'image/png', 'ready', known(10_001, 10_000)),
        item('silent.png', 236, 'image/png', 'ready', { file }),
        item('panorama.png', file.size, 'image/png', 'ready', known(12_000, 1000)),
      ],
    });
    const canvases = () => [...root.querySelectorAll('canvas')].map(({ hidden }) => hidden);
    await until(() => canvases()[3] === false);
    expect(canvases()).to.deep.equal([true, true, true, false]);
    expect(read).to.deep.equal([file]);
  });

  it('are not tried for other kinds, nor for what was refused', async () => {
    const { root } = await mount({
      ...EMPTY,
      items: [
        item('a.pdf', 1, 'application/pdf'),
        item('b.png', 1, 'image/png', 'refused', { problem: { code: 'file_empty' } }),
      ],
    });
    expect(root.querySelector('canvas')).to.equal(null);
  });

  it('are drawn only for rows in sight, and are there at once when a row comes back', async () => {
    const file = await picture('rgb(255, 0, 0)');
    const other = await picture('rgb(0, 255, 0)');
    const items = Array.from({ length: 400 }, (_, i) => ({
      ...item('red.png', file.size, 'image/png', 'ready', { file: i < 200 ? file : other, dimensions }),
      key: `k${i}`,
    }));
    const { root } = await mount({ ...EMPTY, items });
    await until(() => root.querySelector('canvas')?.hidden === false);
    expect(read.every((one) => one === file)).to.equal(true);
    const scroller = root.querySelector('.scroller');
    scroller?.scrollTo(0, scroller.scrollHeight);
    await until(() => read.includes(other) && [...root.querySelectorAll('canvas')].some(({ hidden }) => !hidden));
    const before = read.length;
    scroller?.scrollTo(0, 0);
    await until(() => root.querySelector('[data-key=k0] canvas') !== null);
    expect(root.querySelector<HTMLCanvasElement>('[data-key=k0] canvas')?.hidden).to.equal(false);
    expect(read.slice(before).includes(file)).to.equal(false);
  });

  it('give the decoded picture back at once', async () => {
    const file = await picture('rgb(255, 0, 0)');
    const { root } = await mount({
      ...EMPTY,
      items: [item('red.png', file.size, 'image/png', 'ready', { file, dimensions })],
    });
    await until(() => root.querySelector('canvas')?.hidden === false);
    // One that was closed has no size (HTML, ImageBitmap); Firefox may still decode one for the test before.
    expect([...new Set(made.map(({ width }) => width))]).to.deep.equal([0]);
  });

  it('are kept of the last two hundred files, and no more', async () => {
    const file = await picture('rgb(255, 0, 0)');
    const copies = Array.from({ length: 201 }, (_, i) => new File([file], `${i}.png`, { type: 'image/png' }));
    /** Whether they are there at once, when all of them have been drawn. */
    const drawn = async (some: readonly File[]): Promise<boolean[]> => {
      const place = document.createElement('div');
      document.body.replaceChildren(place);
      render(
        some.map(
          (one) => html`<span><canvas style="width: 1px; height: 1px" ${thumbnail(one, dimensions)}></canvas>.</span>`,
        ),
        place,
      );
      const canvases = [...place.querySelectorAll('canvas')];
      const atOnce = canvases.map(({ hidden }) => !hidden);
      await until(() => canvases.every(({ hidden }) => !hidden));
      return atOnce;
    };
    const first = copies.slice(0, 1);
    await drawn(first);
    await drawn(copies.slice(1, 200));
    expect(await drawn(first)).to.deep.equal([true]);
    await drawn(copies.slice(200));
    expect(await drawn(first)).to.deep.equal([false]);
  });

  it('are not made of more than 30 MB', async () => {
    const small = await picture('rgb(255, 0, 0)');
    const huge = new File([new Uint8Array(30 * 1024 * 1024 + 1)], 'huge.png', { type: 'image/png' });
    const { root } = await mount({
      ...EMPTY,
      items: [
        item('huge.png', huge.size, 'image/png', 'ready', { file: huge, dimensions }),
        item('small.png', small.size, 'image/png', 'ready', { file: small, dimensions }),
      ],
    });
    await until(() => root.querySelectorAll('canvas')[1]?.hidden === false);
    expect(read).to.deep.equal([small]);
    expect(root.querySelector('canvas')?.hidden).to.equal(true);
  });
});
