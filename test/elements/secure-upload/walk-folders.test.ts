import { expect } from '@open-wc/testing';
import { walkFolders } from '../../../src/elements/secure-upload/walk-folders.ts';
import { folderEntry, type Tree } from './folder-entries.ts';

const walk = async (tree: Tree, { found = (_: number) => {}, signal = new AbortController().signal } = {}) =>
  (await walkFolders([folderEntry('Trip', tree)], { found, signal })).map(({ file, path }) => `${path} > ${file.name}`);

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

  it('keeps a place for a file that the browser does not open, which then cannot be read', async () => {
    const signal = new AbortController().signal;
    const [closed] = await walkFolders([folderEntry('Trip', { 'locked.pdf': null })], { found: () => {}, signal });
    expect([closed?.path, closed?.file.name]).to.deep.equal(['Trip', 'locked.pdf']);
    const outcome = await closed?.file.arrayBuffer().then(
      () => 'read',
      (error: DOMException) => error.name,
    );
    expect(outcome).to.equal('NotReadableError');
  });

  it('gives nothing once it was stopped', async () => {
    const stopping = new AbortController();
    const tree = { 'a.jpg': 'a', More: { 'b.jpg': 'b' } };
    expect(await walk(tree, { found: () => stopping.abort(), signal: stopping.signal })).to.deep.equal([]);
  });
});
