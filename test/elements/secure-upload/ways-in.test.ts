import { expect } from '@open-wc/testing';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { EMPTY, item } from './fixtures.ts';
import { folderEntry, slowFolder } from './folder-entries.ts';
import { clean, cleanUp, mount, press } from './mount.ts';

const jpeg = (name: string) => new File(['x'], name, { type: 'image/jpeg' });

function filesIn(...files: File[]): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  return data;
}

function drag(type: string, data: DataTransfer): DragEvent {
  return new DragEvent(type, { dataTransfer: data, bubbles: true, composed: true, cancelable: true });
}

/** Firefox empties the clipboard of an event that a script made. */
function paste(...files: File[]): Event {
  const event = new Event('paste', { bubbles: true, composed: true, cancelable: true });
  return Object.defineProperty(event, 'clipboardData', { value: filesIn(...files) });
}

/** A drop of these folders: a script cannot put one into a DataTransfer. */
function dropOf(...folders: FileSystemDirectoryEntry[]): Event {
  const items = folders.map((folder) => ({
    kind: 'file',
    type: '',
    webkitGetAsEntry: () => folder,
    getAsFile: () => null,
  }));
  const event = new Event('drop', { bubbles: true, composed: true, cancelable: true });
  return Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items, files: [] } });
}

const accepted = (calls: readonly string[]) => calls.filter((call) => /^(accept|reset)/.test(call));

function withFolders(folders: boolean): UploadSnapshot {
  const { app } = EMPTY;
  if (!app) throw new Error('no app');
  return { ...EMPTY, app: { ...app, folders } };
}

async function until(isSo: () => unknown): Promise<void> {
  while (!isSo()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('the ways in', () => {
  afterEach(cleanUp);

  it('take picked files, and can take the same file again', async () => {
    const { root, flow } = await mount('ready');
    const input = root.querySelector<HTMLInputElement>('#files');
    if (!input) throw new Error('no input');
    for (let time = 0; time < 2; time++) {
      input.files = filesIn(jpeg('a.jpg'), jpeg('b.jpg')).files;
      input.dispatchEvent(new Event('change'));
      expect(input.value).to.equal('');
    }
    expect(accepted(flow.calls)).to.deep.equal(['accept a.jpg b.jpg', 'accept a.jpg b.jpg']);
  });

  it('list concrete types, and endings only where browsers may know no type', async () => {
    const { root, flow, element } = await mount('ready');
    const input = root.querySelector<HTMLInputElement>('#files');
    expect(input?.accept).to.equal('image/jpeg,image/webp,image/png');
    expect(input?.multiple).to.equal(true);
    const { app } = flow.snapshot;
    if (!app) throw new Error('no app');
    const accepts = [{ name: 'texts' as const, types: ['text/plain'], extensions: ['txt'] }];
    flow.show({ ...flow.snapshot, app: { ...app, limits: { ...app.limits, max_files: 1, accepts } } });
    await element.updateComplete;
    expect(input?.accept).to.equal('text/plain,.txt');
    expect(input?.multiple).to.equal(false);
  });

  it('open the picker by the button and by a press beside it', async () => {
    const { root } = await mount('ready');
    let opened = 0;
    root.querySelector('#files')?.addEventListener('click', (event) => {
      event.preventDefault();
      opened += 1;
    });
    press(root, 'Choose files');
    root.querySelector<HTMLElement>('.zone')?.click();
    expect(opened).to.equal(2);
  });

  it('tell with the name of the button what is accepted', async () => {
    const { root } = await mount('ready');
    const told = root.querySelector('#choose')?.getAttribute('aria-describedby') ?? '';
    expect(clean(root.getElementById(told)?.textContent ?? '')).to.equal(
      'Photos and images, up to 15 MB each, 20 at a time',
    );
  });

  it('say what a drop would do, and take what is dropped anywhere on the box', async () => {
    const { element, root, flow } = await mount('ready');
    const data = filesIn(jpeg('a.jpg'), jpeg('b.jpg'));
    element.dispatchEvent(drag('dragenter', data));
    await element.updateComplete;
    expect(clean(root.querySelector('.zone.over')?.textContent ?? '')).to.equal('Drop to add 2 files');
    const over = drag('dragover', data);
    element.dispatchEvent(over);
    expect(over.defaultPrevented).to.equal(true);
    element.dispatchEvent(drag('drop', data));
    await element.updateComplete;
    expect(root.querySelector('.zone.over')).to.equal(null);
    expect(accepted(flow.calls)).to.deep.equal(['accept a.jpg b.jpg']);
  });

  it('warn before the drop where the kind is known and not accepted', async () => {
    const { element, root } = await mount('ready');
    element.dispatchEvent(drag('dragenter', filesIn(new File(['x'], 'a.mp4', { type: 'video/mp4' }))));
    await element.updateComplete;
    expect(clean(root.querySelector('.zone.over')?.textContent ?? '')).to.equal('Videos are not accepted here');
  });

  it('keep the height of the box and the focus in it while files are over a long list', async () => {
    const items = Array.from({ length: 12 }, (_, i) => item(`IMG_${i}.jpg`, 4096, 'image/jpeg'));
    const { element, root } = await mount({ ...EMPTY, items });
    root.querySelector<HTMLElement>('#add-more')?.focus();
    const before = element.offsetHeight;
    element.dispatchEvent(drag('dragenter', filesIn(jpeg('a.jpg'))));
    await element.updateComplete;
    const over = root.querySelector('.zone.over')?.getBoundingClientRect();
    expect([element.offsetHeight, Math.round(over?.height ?? 0) + 2]).to.deep.equal([before, before]);
    expect(root.activeElement?.id).to.equal('add-more');
  });

  it('forget a drag that leaves, and one that Escape ends', async () => {
    const { element, root } = await mount('ready');
    const data = filesIn(jpeg('a.jpg'));
    for (const end of [drag('dragleave', data), new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })]) {
      element.dispatchEvent(drag('dragenter', data));
      element.dispatchEvent(end);
      await element.updateComplete;
      expect(root.querySelector('.zone.over')).to.equal(null);
    }
  });

  it('leave dragged words and pages alone', async () => {
    const { element, root } = await mount('ready');
    const words = new DataTransfer();
    words.setData('text/plain', 'hello');
    const enter = drag('dragenter', words);
    element.dispatchEvent(enter);
    await element.updateComplete;
    expect(enter.defaultPrevented).to.equal(false);
    expect(root.querySelector('.zone.over')).to.equal(null);
  });

  it('take a paste in the box, and anywhere on a page whose only box it is', async () => {
    const { element, flow } = await mount('ready');
    element.dispatchEvent(paste(jpeg('in.jpg')));
    document.body.dispatchEvent(paste(jpeg('page.jpg')));
    expect(accepted(flow.calls)).to.deep.equal(['accept in.jpg', 'accept page.jpg']);
  });

  it('give a pasted picture a name of its own, by which it can be told from the next', async () => {
    const { element, flow } = await mount('ready');
    element.dispatchEvent(paste(new File(['x'], 'image.png', { type: 'image/png' }), jpeg('in.jpg')));
    await until(() => accepted(flow.calls).length === 1);
    expect(accepted(flow.calls)[0]).to.match(/^accept Screenshot \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png in\.jpg$/);
  });

  it('take a folder that was picked, where the app takes any, and say what was left out', async () => {
    const { root, element, flow } = await mount(withFolders(true));
    let opened = 0;
    const input = root.querySelector<HTMLInputElement>('#folder');
    input?.addEventListener('click', (event) => {
      event.preventDefault();
      opened += 1;
    });
    press(root, 'Choose a folder');
    expect(opened).to.equal(1);
    const found = ['Trip/a.jpg', 'Trip/.DS_Store'].map((path) =>
      Object.defineProperty(jpeg(path.slice(5)), 'webkitRelativePath', { value: path }),
    );
    if (input) Object.defineProperty(input, 'files', { value: found });
    input?.dispatchEvent(new Event('change'));
    await until(() => accepted(flow.calls).length === 1);
    expect(accepted(flow.calls)).to.deep.equal(['accept Trip/a.jpg']);
    await element.updateComplete;
    expect(clean(root.querySelector('#hidden-skipped')?.textContent ?? '')).to.equal('1 hidden file was left out.');
  });

  it('offer no folder where the app takes none', async () => {
    const { root } = await mount(withFolders(false));
    expect(root.querySelector('#folder')).to.equal(null);
    expect(root.textContent).not.to.contain('Choose a folder');
  });

  it('keep the handle of a dropped file that travels in parts, and of no smaller one', async () => {
    const { element, flow } = await mount('ready');
    const handle = { kind: 'file' } as FileSystemFileHandle;
    const large = new File([new Uint8Array(16 * 1024 * 1024 + 1)], 'film.jpg');
    let asked = 0;
    const items = [jpeg('a.jpg'), large].map((file) => ({
      kind: 'file',
      webkitGetAsEntry: () => null,
      getAsFile: () => file,
      getAsFileSystemHandle: () => {
        asked += 1;
        return Promise.resolve(handle);
      },
    }));
    const event = new Event('drop', { bubbles: true, composed: true, cancelable: true });
    element.dispatchEvent(
      Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items, files: [] } }),
    );
    await until(() => accepted(flow.calls).length === 1);
    expect(asked).to.equal(1);
    expect(flow.chosen.map(({ handle: kept }) => kept === handle)).to.deep.equal([false, true]);
  });

  it('leave a paste to the field somebody writes in, and to nobody where there are two boxes', async () => {
    const { flow } = await mount('ready');
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    field.dispatchEvent(paste(jpeg('a.jpg')));
    field.blur();
    await mount('ready');
    document.body.dispatchEvent(paste(jpeg('b.jpg')));
    expect(accepted(flow.calls)).to.deep.equal([]);
  });

  it('take a paste under the pointer where there are two boxes', async () => {
    const [first, second] = [await mount('ready'), await mount('ready')];
    // A script cannot move the pointer.
    Object.defineProperty(second.element, 'matches', { value: (selector: string) => selector === ':hover' });
    document.body.dispatchEvent(paste(jpeg('a.jpg')));
    expect([accepted(first.flow.calls), accepted(second.flow.calls)]).to.deep.equal([[], ['accept a.jpg']]);
  });

  it('are closed while files are sent, where uploads are paused, and where the box is switched off', async () => {
    for (const [state, attributes] of [
      ['uploading', {}],
      ['paused', {}],
      ['ready', { disabled: '' }],
    ] as const) {
      const { element, flow } = await mount(state, { attributes });
      element.dispatchEvent(drag('drop', filesIn(jpeg('a.jpg'))));
      element.dispatchEvent(paste(jpeg('a.jpg')));
      expect(accepted(flow.calls), state).to.deep.equal([]);
      cleanUp();
    }
  });

  it('take dropped folders, one drop after the other, and say meanwhile that they are looked through', async () => {
    const { element, root, flow } = await mount(withFolders(true));
    const trip = slowFolder('Trip', { 'a.jpg': 'a', Day: { 'b.jpg': 'b' } });
    element.dispatchEvent(dropOf(trip.entry));
    element.dispatchEvent(dropOf(folderEntry('Other', { 'c.jpg': 'c' })));
    await until(() => root.querySelector('#walk'));
    expect(clean(root.querySelector('#walk')?.textContent ?? '')).to.equal(
      'Looking through the folder: 0 files found Stop',
    );
    expect(accepted(flow.calls)).to.deep.equal([]);
    trip.tell();
    await until(() => accepted(flow.calls).length === 2);
    expect(accepted(flow.calls)).to.deep.equal(['accept Trip/a.jpg Trip/Day/b.jpg', 'accept Other/c.jpg']);
    await element.updateComplete;
    expect(root.querySelector('#walk')).to.equal(null);
  });

  it('take nothing of a folder once somebody pressed Stop', async () => {
    const { element, root, flow } = await mount(withFolders(true));
    const trip = slowFolder('Trip', { 'a.jpg': 'a' });
    element.dispatchEvent(dropOf(trip.entry));
    await until(() => root.querySelector('#walk'));
    press(root, 'Stop');
    trip.tell();
    element.dispatchEvent(dropOf(folderEntry('Other', { 'b.jpg': 'b' })));
    await until(() => accepted(flow.calls).length === 1);
    expect(accepted(flow.calls)).to.deep.equal(['accept Other/b.jpg']);
  });

  it('say so where folders are not accepted', async () => {
    const { element, root, flow } = await mount(withFolders(false));
    element.dispatchEvent(dropOf(folderEntry('Trip', { 'a.jpg': 'a' })));
    await element.updateComplete;
    expect(clean(root.querySelector('.problem')?.textContent ?? '')).to.equal(
      'Folders are not accepted here. Choose the files in it.',
    );
    expect(accepted(flow.calls)).to.deep.equal([]);
  });

  it('begin a batch of its own after the last one is done', async () => {
    const { element, flow } = await mount('done');
    element.dispatchEvent(drag('drop', filesIn(jpeg('a.jpg'))));
    expect(accepted(flow.calls)).to.deep.equal(['reset', 'accept a.jpg']);
  });

  it('put other files in the place of those that were all refused', async () => {
    const { root, flow } = await mount('refused-all');
    const input = root.querySelector<HTMLInputElement>('#files');
    if (!input) throw new Error('no input');
    input.addEventListener('click', (event) => event.preventDefault());
    press(root, 'Choose other files');
    input.files = filesIn(jpeg('a.jpg')).files;
    input.dispatchEvent(new Event('change'));
    expect(accepted(flow.calls)).to.deep.equal(['reset', 'accept a.jpg']);
  });
});
