import { entryFacts } from '../../../demo/gallery/pages/folders.ts';

/** A folder as a test writes it: text is a file, null a file that the browser does not open. */
export interface Tree {
  readonly [name: string]: string | Tree | null;
}

/** As browsers have them (W3C File and Directory Entries API): told a hundred at a time, then an empty round. */
export function folderEntry(name: string, tree: Tree): FileSystemDirectoryEntry {
  const entries = Object.entries(tree).map(([inside, content]) =>
    typeof content === 'object' && content !== null ? folderEntry(inside, content) : fileEntry(inside, content),
  );
  return {
    ...entryFacts(name),
    isDirectory: true,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (tell: FileSystemEntriesCallback) => {
          at += 100;
          setTimeout(() => tell(entries.slice(at - 100, at)));
        },
      };
    },
    getDirectory: () => {},
    getFile: () => {},
  };
}

function fileEntry(name: string, content: string | null): FileSystemFileEntry {
  return {
    ...entryFacts(name),
    isFile: true,
    file: (give: FileCallback, fail?: ErrorCallback) => {
      setTimeout(() => {
        if (content === null) fail?.(new DOMException('locked', 'NotReadableError'));
        else give(new File([content], name, { type: 'image/jpeg' }));
      });
    },
  };
}

/** A folder on a slow disk: nothing of it is told before `tell`. */
export function slowFolder(name: string, tree: Tree): { entry: FileSystemDirectoryEntry; tell: () => void } {
  const entry = folderEntry(name, tree);
  let tell = () => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const createReader = () => {
    const reader = entry.createReader();
    return { readEntries: (give: FileSystemEntriesCallback) => void told.then(() => reader.readEntries(give)) };
  };
  return { entry: { ...entry, createReader }, tell: () => tell() };
}
