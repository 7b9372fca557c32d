import type { ChosenFile } from '../../flow/item-list.ts';

export interface WalkWatcher {
  /** After each look into a folder: how many files were found so far. */
  found(files: number): void;
  readonly signal: AbortSignal;
}

/** More than any box takes: a disk that was dropped by mistake does not fill the memory. */
const MOST_FILES = 20_000;
/** What systems leave behind in folders, and what they hide. */
const NOT_MEANT = /^(\..*|~\$.*|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|__macosx|\$recycle\.bin)$/i;

/** Stands for a file that the browser does not open, so that a row says so. */
class ClosedFile extends File {
  constructor(name: string) {
    super(['?'], name);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.reject(new DOMException('The browser did not open it', 'NotReadableError'));
  }
}

export interface FoundFiles {
  readonly files: readonly ChosenFile[];
  /** How many were left out because systems hide them, or the folder they are in. */
  readonly hidden: number;
}

/** Of a folder that was picked: the browser tells its files with their paths. */
export function withoutHidden(found: readonly File[]): FoundFiles {
  const isMeant = ({ name, webkitRelativePath: path }: File) =>
    ![...path.split('/').slice(1, -1), name].some((part) => NOT_MEANT.test(part));
  const files = found.filter(isMeant).map((file) => ({ file, path: folderOf(file) }));
  return { files: files.slice(0, MOST_FILES), hidden: found.length - files.length };
}

const folderOf = ({ webkitRelativePath: path }: File): string | undefined =>
  path.slice(0, path.lastIndexOf('/')) || undefined;

/** All files of dropped folders with the folders above each, in the order the browser tells them. Empty once aborted. */
export async function walkFolders(
  roots: readonly FileSystemDirectoryEntry[],
  { found, signal }: WalkWatcher,
): Promise<FoundFiles> {
  const files: ChosenFile[] = [];
  let hidden = 0;
  const folders = roots.map((folder) => ({ folder, path: folder.name, isHidden: false }));
  for (let next = folders.shift(); next && files.length < MOST_FILES; next = folders.shift()) {
    const inside: typeof folders = [];
    const { folder, path, isHidden: isInHidden } = next;
    // What is in a hidden folder is counted, as a browser counts it whose picker told all of it.
    if (isInHidden && hidden >= MOST_FILES) continue;
    for await (const entries of rounds(folder)) {
      if (signal.aborted) return { files: [], hidden: 0 };
      const isHidden = ({ name }: FileSystemEntry) => isInHidden || NOT_MEANT.test(name);
      const meant = entries.filter((entry) => !isHidden(entry));
      hidden += entries.filter(isFile).length - meant.filter(isFile).length;
      for (const entry of entries.filter(isFolder)) {
        inside.push({ folder: entry, path: `${path}/${entry.name}`, isHidden: isHidden(entry) });
      }
      files.push(
        ...(await Promise.all(meant.filter(isFile).map(async (entry) => ({ file: await open(entry), path })))),
      );
      found(files.length);
    }
    folders.unshift(...inside);
  }
  return signal.aborted ? { files: [], hidden: 0 } : { files: files.slice(0, MOST_FILES), hidden };
}

/** A browser answers some of a folder at a time (Chromium 100), and nothing when all of it was told. */
async function* rounds(folder: FileSystemDirectoryEntry): AsyncGenerator<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  for (;;) {
    const entries = await new Promise<readonly FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (entries.length === 0) return;
    yield entries;
  }
}

function open(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve) => {
    entry.file(resolve, () => resolve(new ClosedFile(entry.name)));
  });
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
