import { expect } from '@open-wc/testing';
import { entryFacts } from '../../../demo/gallery/pages/folders.ts';
import { walkFolders, withoutHidden } from '../../../src/elements/secure-upload/walk-folders.ts';
import { folderEntry, type Tree } from './folder-entries.ts';

const walk = async (tree: Tree, { found = (_: number) => {}, signal = new AbortController().signal } = {}) =>
  (await walkFolders([folderEntry('Trip', tree)], { found, signal })).files.map(
    ({ file, path }) => `${path} > ${file.name}`,
  );

const pickedFile = (path: string): File =>
  Object.defineProperty(new File(['x'], path.slice(path.lastIndexOf('/') + 1)), 'webkitRelativePath', { value: path });

describe('walking a dropped folder', () => {
  it('finds every file with the folders above it', async () => {
    expect(
      await walk({ 'a.jpg': 'a', 'Day 1': { 'b.jpg': 'b', Evening: { 'c.jpg': 'c' } }, 'Day 2': { 'b.jpg': 'b' } }),
    ).to.deep.equal(['Trip > a.jpg', 'Trip/Day 1 > b.jpg', 'Trip/Day 1/Evening > c.jpg', 'Trip/Day 2 > b.jpg']);
  });

  it('asks until a folder has told all of it, and says how many were found', async () => {
    const tree = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.jpg`, 'x']));
    const told: number[] = [];
    expect(await walk(tree, { found: (files) => told.push(files) })).to.have.length(250);
    expect(told).to.deep.equal([100, 200, 250]);
  });

  it('leaves out what systems hide or leave behind', async () => {
    const left = { '.DS_Store': 'x', '._a.jpg': 'x', 'Thumbs.db': 'x', 'desktop.ini': 'x', '~$letter.docx': 'x' };
    expect(await walk({ ...left, '.git': { config: 'x' }, __MACOSX: { 'a.jpg': 'x' }, 'a.jpg': 'x' })).to.deep.equal([
      'Trip > a.jpg',
    ]);
  });

  it('says how many it left out', async () => {
    const tree = { '.DS_Store': 'x', 'Thumbs.db': 'x', 'a.jpg': 'a', Day: { '._b.jpg': 'x', 'b.jpg': 'b' } };
    const watch = { found: () => {}, signal: new AbortController().signal };
    expect((await walkFolders([folderEntry('Trip', tree)], watch)).hidden).to.equal(3);
  });

  it('counts as many for a folder that is dropped as for the same that is picked, also of what is in hidden folders', async () => {
    const objects = Object.fromEntries(Array.from({ length: 28 }, (_, i) => [`${i}`, 'x']));
    const tree = { 'a.jpg': 'a', '.git': { config: 'x', HEAD: 'x', objects }, __MACOSX: { '._a.jpg': 'x' } };
    const watch = { found: () => {}, signal: new AbortController().signal };
    const dropped = await walkFolders([folderEntry('Trip', tree)], watch);
    const paths = ['a.jpg', '.git/config', '.git/HEAD', '__MACOSX/._a.jpg'];
    const found = [...paths, ...Object.keys(objects).map((name) => `.git/objects/${name}`)];
    const picked = withoutHidden(found.map((path) => pickedFile(`Trip/${path}`)));
    expect([dropped.hidden, picked.hidden]).to.deep.equal([31, 31]);
    expect([dropped.files.length, picked.files.length]).to.deep.equal([1, 1]);
  });

  it('leaves the same out of a folder that was picked, and keeps the folders of the others', () => {
    const found = ['Trip/a.jpg', 'Trip/.DS_Store', 'Trip/.git/config', 'Trip/Day/b.jpg', 'Trip/__MACOSX/b.jpg'];
    const { files, hidden } = withoutHidden(found.map(pickedFile));
    expect(files.map(({ file, path }) => `${path} > ${file.name}`)).to.deep.equal(['Trip > a.jpg', 'Trip/Day > b.jpg']);
    expect(hidden).to.equal(3);
  });

  it('keeps a place for a file that the browser does not open, which then cannot be read', async () => {
    const signal = new AbortController().signal;
    const watch = { found: () => {}, signal };
    const [closed] = (await walkFolders([folderEntry('Trip', { 'locked.pdf': null })], watch)).files;
    expect([closed?.path, closed?.file.name]).to.deep.equal(['Trip', 'locked.pdf']);
    const outcome = await closed?.file.arrayBuffer().then(
      () => 'read',
      (error: DOMException) => error.name,
    );
    expect(outcome).to.equal('NotReadableError');
  });

  it('stops at 20,000 files and opens no further folder', async () => {
    const file = new File(['x'], 'a.jpg');
    const entry: FileSystemFileEntry = { ...entryFacts('a.jpg'), isFile: true, file: (give) => give(file) };
    const opened: string[] = [];
    const folder = (name: string, count: number): FileSystemDirectoryEntry => ({
      ...folderEntry(name, {}),
      createReader: () => {
        opened.push(name);
        const rounds = [Array.from({ length: count }, () => entry), []];
        return { readEntries: (tell) => tell(rounds.shift() ?? []) };
      },
    });
    const watch = { found: () => {}, signal: new AbortController().signal };
    const walked = await walkFolders([folder('A', 19_999), folder('B', 2), folder('C', 1)], watch);
    expect([walked.files.length, opened]).to.deep.equal([20_000, ['A', 'B']]);
    expect(withoutHidden(Array.from({ length: 20_001 }, () => file)).files).to.have.length(20_000);
  });

  it('gives nothing once it was stopped', async () => {
    const stopping = new AbortController();
    const tree = { 'a.jpg': 'a', More: { 'b.jpg': 'b' } };
    expect(await walk(tree, { found: () => stopping.abort(), signal: stopping.signal })).to.deep.equal([]);
  });
});
