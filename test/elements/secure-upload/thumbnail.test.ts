import { expect } from '@open-wc/testing';
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

describe('thumbnails', () => {
  afterEach(cleanUp);

  it('show the picture itself in the place of the icon', async () => {
    const file = await picture('rgb(255, 0, 0)');
    const { root } = await mount({ ...EMPTY, items: [item('red.png', file.size, 'image/png', 'ready', { file })] });
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
        }),
        item('blue.png', good.size, 'image/png', 'ready', { file: good }),
      ],
    });
    const [broken, blue] = root.querySelectorAll('canvas');
    await until(() => blue?.hidden === false);
    expect(broken?.hidden).to.equal(true);
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
});
