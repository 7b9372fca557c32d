/** A drop as a browser tells it (W3C File and Directory Entries API); pages cannot make one that carries folders. */
export function dropOf(folder: FileSystemDirectoryEntry): Event {
  const item = { kind: 'file', type: '', getAsFile: () => null, webkitGetAsEntry: () => folder };
  const drop = new Event('drop', { bubbles: true, composed: true, cancelable: true });
  return Object.defineProperty(drop, 'dataTransfer', { value: { types: ['Files'], items: [item], files: [] } });
}

/** A folder of so many files, whose end is never told. */
export function endlessFolder(count: number): FileSystemDirectoryEntry {
  const files = Array.from({ length: count }, (_, i) => file(`IMG_${2000 + i}.jpg`));
  let rounds = 0;
  const readEntries = (tell: FileSystemEntriesCallback): void => {
    rounds += 1;
    if (rounds === 1) tell(files);
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
