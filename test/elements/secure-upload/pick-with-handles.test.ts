import { expect } from '@open-wc/testing';
import { pickWithHandles } from '../../../src/elements/secure-upload/pick-with-handles.ts';
import type { ChosenFile } from '../../../src/flow/item-list.ts';
import { APP } from './fixtures.ts';

const MB = 1024 * 1024;
const appUpTo = (bytes: number) => ({ ...APP, limits: { ...APP.limits, max_file_bytes: bytes } });

function desk() {
  const accepted: ChosenFile[] = [];
  const input = document.createElement('input');
  let pressed = 0;
  input.addEventListener('click', () => {
    pressed += 1;
  });
  return {
    accepted,
    get pressed() {
      return pressed;
    },
    accept: (files: readonly ChosenFile[]) => void accepted.push(...files),
    find: <Found extends HTMLElement>() => input as unknown as Found,
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a picker that hands over handles', () => {
  it('is used where files may be so large that they travel in parts, with the list of what is accepted', async () => {
    const at = desk();
    const asked: unknown[] = [];
    const file = new File(['x'], 'film.jpg');
    const handle = { getFile: async () => file } as unknown as FileSystemFileHandle;
    const showOpenFilePicker = async (options: unknown) => {
      asked.push(options);
      return [handle];
    };
    expect(pickWithHandles(appUpTo(17 * MB), at, { showOpenFilePicker })).to.equal(true);
    await settled();
    expect(asked).to.deep.equal([
      {
        multiple: true,
        types: [
          { accept: { 'image/jpeg': ['.jpg', '.jpeg', '.webp'], 'image/webp': [] } },
          { accept: { 'image/png': ['.png'] } },
        ],
      },
    ]);
    expect(at.accepted).to.deep.equal([{ file, handle }]);
  });

  it('is left alone where every file is small, and where there is none', () => {
    const showOpenFilePicker = () => Promise.reject(new Error('opened'));
    expect(pickWithHandles(appUpTo(16 * MB), desk(), { showOpenFilePicker })).to.equal(false);
    expect(pickWithHandles(appUpTo(17 * MB), desk(), {})).to.equal(false);
  });

  it('gives way to the plain one where the page may not use it, and to nothing where a person closes it', async () => {
    for (const [name, pressed] of [
      ['SecurityError', 1],
      ['AbortError', 0],
    ] as const) {
      const at = desk();
      pickWithHandles(appUpTo(17 * MB), at, { showOpenFilePicker: () => Promise.reject(new DOMException('', name)) });
      await settled();
      expect([at.pressed, at.accepted.length], name).to.deep.equal([pressed, 0]);
    }
  });
});
