/** A drop as a browser tells it (W3C File and Directory Entries API); pages cannot make one that carries folders. */
export function dropOf(folder: FileSystemDirectoryEntry): Event {
  const item = { kind: 'file', type: '', getAsFile: () => null, webkitGetAsEntry: () => folder };
  const drop = new Event('drop', { bubbles: true, composed: true, cancelable: true });
  return Object.defineProperty(drop, 'dataTransfer', { value: { types: ['Files'], items: [item], files: [] } });
}

/** A folder of so many files, whose end is never told. */
export const endlessFolder = (count: number): FileSystemDirectoryEntry =>
  folderOf(
    Array.from({ length: count }, (_, i) => file(`IMG_${2000 + i}.jpg`)),
    false,
  );

/** A folder in which there is only what systems hide. */
export const hiddenFolder = (count: number): FileSystemDirectoryEntry =>
  folderOf(
    Array.from({ length: count }, (_, i) => file(`._IMG_${2000 + i}.jpg`)),
    true,
  );

function folderOf(files: readonly FileSystemFileEntry[], isAllTold: boolean): FileSystemDirectoryEntry {
  let rounds = 0;
  const readEntries = (tell: FileSystemEntriesCallback): void => {
    rounds += 1;
    if (rounds === 1) tell([...files]);
    else if (isAllTold) tell([]);
  };
  return {
    ...entryFacts('Trip'),
    isDirectory: true,
    createReader: () => ({ readEntries }),
    getDirectory: () => {},
    getFile: () => {},
  };
}

const file = (name: string): FileSystemFileEntry => ({
  ...entryFacts(name),
  isFile: true,
  file: (give) => give(new File(['x'], name, { type: 'image/jpeg' })),
});

/** What every entry has, file or folder. */
export const entryFacts = (name: string) => ({
  name,
  fullPath: `/${name}`,
  isFile: false,
  isDirectory: false,
  filesystem: { name: '', root: null as never },
  getParent: () => {},
});
