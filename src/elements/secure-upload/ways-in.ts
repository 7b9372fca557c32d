import type { LitElement, ReactiveController } from 'lit';
import { SINGLE_PUT_BYTES } from '../../contract/plan.ts';
import type { ChosenFile } from '../../flow/item-list.ts';
import type { Ui } from './ui.ts';

/** Where files end up, and what it knows about them. */
export interface FilesTarget {
  /** Whether files may come in now. */
  readonly takesFiles: boolean;
  /** Whether whole folders may. */
  readonly takesFolders: boolean;
  /** The one verb that button, drop and paste end in. */
  accept(files: readonly (File | ChosenFile)[]): void;
  /** The same, once pictures that browsers call `image.png` have names by which they can be told apart. */
  acceptPasted(files: readonly File[]): void;
  patch(ui: Partial<Ui>): void;
  /** Kinds among these media types that are known not to be accepted, in words; null if there are none. */
  refusedKinds(types: readonly string[]): string | null;
}

/** Button, drop and paste; all three end in `accept`. */
export class WaysIn implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #target: FilesTarget;
  /** Enter and leave come for every child; the drag is over when they are even. */
  #depth = 0;
  #walking: AbortController | null = null;
  /** One drop after the other. */
  #walks = Promise.resolve();

  constructor(host: LitElement, target: FilesTarget) {
    this.#host = host;
    this.#target = target;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('dragenter', this.#enter);
    this.#host.addEventListener('dragover', this.#over);
    this.#host.addEventListener('dragleave', this.#leave);
    this.#host.addEventListener('drop', this.#drop);
    document.addEventListener('paste', this.#paste);
    document.addEventListener('keydown', this.#escape);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('dragenter', this.#enter);
    this.#host.removeEventListener('dragover', this.#over);
    this.#host.removeEventListener('dragleave', this.#leave);
    this.#host.removeEventListener('drop', this.#drop);
    document.removeEventListener('paste', this.#paste);
    document.removeEventListener('keydown', this.#escape);
    this.#depth = 0;
    this.#walking?.abort();
  }

  /** For `change` of a file input. Firefox tells of the same file again only after the value was cleared. */
  readonly picked = (event: Event): void => {
    const input = event.currentTarget;
    if (!(input instanceof HTMLInputElement)) return;
    const files = [...(input.files ?? [])];
    input.value = '';
    if (input.webkitdirectory) void this.#takeFolder(files);
    else this.#take(files);
  };

  #take(files: readonly (File | ChosenFile)[]): void {
    if (!this.#target.takesFiles) return;
    this.#target.patch({ hadFolder: false, hiddenSkipped: 0 });
    if (files.length > 0) this.#target.accept(files);
  }

  readonly #enter = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.#depth += 1;
    if (this.#depth > 1 || !this.#target.takesFiles) return;
    const items = [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === 'file');
    const refusedKinds = this.#target.refusedKinds(items.map((item) => item.type));
    this.#target.patch({ drag: { count: items.length, refusedKinds } });
  };

  readonly #over = (event: DragEvent): void => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    // Without this the browser would open the file in the place of the page.
    event.preventDefault();
    event.dataTransfer.dropEffect = this.#target.takesFiles ? 'copy' : 'none';
  };

  readonly #leave = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    this.#depth = Math.max(0, this.#depth - 1);
    if (this.#depth === 0) this.#target.patch({ drag: null });
  };

  readonly #drop = (event: DragEvent): void => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    this.#depth = 0;
    this.#target.patch({ drag: null });
    // Both are gone after the event.
    const { files, folders } = entriesOf(event.dataTransfer);
    void this.#takeDropped(files);
    if (folders.length === 0 || !this.#target.takesFiles) return;
    if (this.#target.takesFolders) this.#walks = this.#walks.then(() => this.#walk(folders));
    else this.#target.patch({ hadFolder: true });
  };

  async #walk(folders: readonly FileSystemDirectoryEntry[]): Promise<void> {
    if (!this.#host.isConnected) return;
    const walking = new AbortController();
    this.#walking = walking;
    const found = (files: number) => {
      if (!walking.signal.aborted) this.#target.patch({ walk: { found: files, stop: () => walking.abort() } });
    };
    walking.signal.addEventListener('abort', () => this.#target.patch({ walk: null }));
    found(0);
    const { walkFolders } = await import('./walk-folders.ts');
    const { files, hidden } = await walkFolders(folders, { found, signal: walking.signal });
    if (walking.signal.aborted) return;
    this.#target.patch({ walk: null });
    this.#take(files);
    this.#target.patch({ hiddenSkipped: hidden });
  }

  /** For keyboards: the browser has looked through it already. */
  async #takeFolder(found: readonly File[]): Promise<void> {
    const { withoutHidden } = await import('./walk-folders.ts');
    const { files, hidden } = withoutHidden(found);
    this.#take(files);
    this.#target.patch({ hiddenSkipped: hidden });
  }

  /** With their handles, where the browser gives any. */
  async #takeDropped(dropped: readonly Dropped[]): Promise<void> {
    if (dropped.every(({ handle }) => !handle)) return this.#take(dropped.map(({ file }) => file));
    this.#take(await Promise.all(dropped.map(async ({ file, handle }) => ({ file, handle: await handle }))));
  }

  readonly #paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || event.defaultPrevented || !this.#isMeant(event)) return;
    event.preventDefault();
    if (this.#target.takesFiles) this.#target.acceptPasted(files);
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#depth === 0) return;
    this.#depth = 0;
    this.#target.patch({ drag: null });
  };

  /** In the box; or, where nobody is writing, under the pointer, or anywhere on a page whose only box this is. */
  #isMeant(event: ClipboardEvent): boolean {
    if (event.composedPath().includes(this.#host)) return true;
    const isOnly = document.querySelectorAll(this.#host.localName).length === 1;
    return (isOnly || this.#host.matches(':hover')) && !isField(document.activeElement);
  }
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function isField(element: Element | null): boolean {
  if (element instanceof HTMLElement && element.isContentEditable) return true;
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

interface Dropped {
  readonly file: File;
  readonly handle?: Promise<FileSystemFileHandle | undefined> | undefined;
}

/** A folder comes as a file that cannot be read; the entry beside it tells. */
function entriesOf(data: DataTransfer): { files: Dropped[]; folders: FileSystemDirectoryEntry[] } {
  const items = [...data.items].filter((item) => item.kind === 'file');
  if (items.length === 0) return { files: [...data.files].map((file) => ({ file })), folders: [] };
  const files: Dropped[] = [];
  const folders: FileSystemDirectoryEntry[] = [];
  for (const item of items) {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (isFolder(entry)) folders.push(entry);
    else if (file) files.push({ file, handle: handleOf(item, file) });
  }
  return { files, folders };
}

/** Of a file that travels in parts: only such an upload outlives its page. Chromium gives it, and only during the event. */
function handleOf(item: DataTransferItem & HandleItem, { size }: File): Dropped['handle'] {
  if (size <= SINGLE_PUT_BYTES) return undefined;
  return item.getAsFileSystemHandle?.().then(
    (handle) => (isFile(handle) ? handle : undefined),
    () => undefined,
  );
}

/** WICG File System Access; the DOM types of TypeScript do not have it. */
interface HandleItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

const isFolder = (entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry => entry?.isDirectory ?? false;

const isFile = (handle: FileSystemHandle | null): handle is FileSystemFileHandle => handle?.kind === 'file';
