import type { LitElement, ReactiveController } from 'lit';
import type { ChosenFile } from '../../flow/item-list.ts';
import { type Dropped, hasFiles } from './first-ways.ts';
import { named } from './named.ts';
import type { Ui } from './ui.ts';
import { walkFolders, withoutHidden } from './walk-folders.ts';

/** What browsers call a picture on the clipboard. */
const NAMELESS = /^image\.\w+$/;

/** Where files end up, and what it knows about them. */
export interface FilesTarget {
  /** Whether files may come in now. */
  readonly takesFiles: boolean;
  /** Whether whole folders may. */
  readonly takesFolders: boolean;
  /** What a pasted picture is called, before the time. */
  readonly screenshot: ((time: string) => string) | undefined;
  /** The one verb that button, drop and paste end in. */
  accept(files: readonly (File | ChosenFile)[]): void;
  patch(ui: Partial<Ui>): void;
  /** Kinds among these media types that are known not to be accepted, in words; null if there are none. */
  refusedKinds(types: readonly string[]): string | null;
}

/** Button, drop and paste; all three end in `accept`. */
export class WaysIn implements ReactiveController {
  readonly #host: LitElement;
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
    this.#host.addEventListener('dragleave', this.#leave);
    this.#host.addEventListener('drop', this.#dragEnds);
    document.addEventListener('paste', this.#paste);
    document.addEventListener('keydown', this.#escape);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('dragenter', this.#enter);
    this.#host.removeEventListener('dragleave', this.#leave);
    this.#host.removeEventListener('drop', this.#dragEnds);
    document.removeEventListener('paste', this.#paste);
    document.removeEventListener('keydown', this.#escape);
    this.#depth = 0;
    this.#walking?.abort();
  }

  /** From an input; of a folder the browser has looked through it already. */
  picked(files: readonly File[], isFolder: boolean): void {
    const found = isFolder ? withoutHidden(files) : { files, hidden: 0 };
    this.#take(found.files);
    this.#target.patch({ hiddenSkipped: found.hidden });
  }

  dropped(things: readonly Dropped[]): void {
    const folders = things.flatMap(({ entry }) => (isFolder(entry) ? [entry] : []));
    void this.#takeDropped(things.filter(({ entry }) => !isFolder(entry)));
    if (folders.length === 0 || !this.#target.takesFiles) return;
    if (this.#target.takesFolders) this.#walks = this.#walks.then(() => this.#walk(folders));
    else this.#target.patch({ hadFolder: true });
  }

  #take(files: readonly (File | ChosenFile)[]): void {
    if (!this.#target.takesFiles) return;
    this.#target.patch({ hadFolder: false, hiddenSkipped: 0 });
    if (files.length > 0) this.#target.accept(files);
  }

  /** With their handles, where the browser gives any. */
  async #takeDropped(things: readonly Dropped[]): Promise<void> {
    const files = things.flatMap(({ file, handle }) => (file ? [{ file, handle }] : []));
    if (files.every(({ handle }) => !handle)) return this.#take(files.map(({ file }) => file));
    const withHandle = async ({ file, handle }: (typeof files)[number]): Promise<ChosenFile> => {
      const found = await handle;
      return { file, handle: isFile(found) ? found : undefined };
    };
    this.#take(await Promise.all(files.map(withHandle)));
  }

  async #walk(folders: readonly FileSystemDirectoryEntry[]): Promise<void> {
    if (!this.#host.isConnected) return;
    const walking = new AbortController();
    this.#walking = walking;
    const found = (files: number) => {
      if (!walking.signal.aborted) this.#target.patch({ walk: { found: files, stop: () => walking.abort() } });
    };
    walking.signal.addEventListener('abort', () => this.#target.patch({ walk: null }));
    found(0);
    const { files, hidden } = await walkFolders(folders, { found, signal: walking.signal });
    if (walking.signal.aborted) return;
    this.#target.patch({ walk: null });
    this.#take(files);
    this.#target.patch({ hiddenSkipped: hidden });
  }

  readonly #enter = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    this.#depth += 1;
    if (this.#depth > 1 || !this.#target.takesFiles) return;
    const items = [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === 'file');
    const refusedKinds = this.#target.refusedKinds(items.map((item) => item.type));
    this.#target.patch({ drag: { count: items.length, refusedKinds } });
  };

  readonly #leave = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    this.#depth = Math.max(0, this.#depth - 1);
    if (this.#depth === 0) this.#target.patch({ drag: null });
  };

  readonly #dragEnds = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    this.#depth = 0;
    this.#target.patch({ drag: null });
  };

  readonly #paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || event.defaultPrevented || !this.#isMeant(event)) return;
    event.preventDefault();
    if (!this.#target.takesFiles) return;
    // With a name by which it can be told from the next one.
    const { screenshot } = this.#target;
    this.#target.accept(files.map((file) => (NAMELESS.test(file.name) ? named(file, screenshot) : file)));
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

function isField(element: Element | null): boolean {
  if (element instanceof HTMLElement && element.isContentEditable) return true;
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

const isFolder = (entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry => entry?.isDirectory ?? false;

const isFile = (handle: FileSystemHandle | null | undefined): handle is FileSystemFileHandle => handle?.kind === 'file';
