import type { LitElement, ReactiveController } from 'lit';
import { SINGLE_PUT_BYTES } from '../../contract/single-put.ts';

/** One thing that was dropped, as it can be had within the event only. A folder has an entry, and a file that nobody can read. */
export interface Dropped {
  readonly file: File | null;
  readonly entry: FileSystemEntry | null;
  readonly handle: Promise<FileSystemHandle | null> | undefined;
}

export interface FirstFiles {
  /** Whether files may come in now. */
  readonly takesFiles: boolean;
  dropped(things: readonly Dropped[]): void;
  picked(files: readonly File[], isFolder: boolean): void;
}

/** Button and drop, as far as they must be there from the start: else a file would open in the place of the page. */
export class FirstWays implements ReactiveController {
  readonly #host: LitElement;
  readonly #target: FirstFiles;

  constructor(host: LitElement, target: FirstFiles) {
    this.#host = host;
    this.#target = target;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('dragenter', this.#over);
    this.#host.addEventListener('dragover', this.#over);
    this.#host.addEventListener('drop', this.#drop);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('dragenter', this.#over);
    this.#host.removeEventListener('dragover', this.#over);
    this.#host.removeEventListener('drop', this.#drop);
  }

  /** For `change` of a file input. Firefox tells of the same file again only after the value was cleared. */
  readonly picked = ({ currentTarget: input }: Event): void => {
    if (!(input instanceof HTMLInputElement)) return;
    const files = [...(input.files ?? [])];
    input.value = '';
    this.#target.picked(files, input.webkitdirectory);
  };

  readonly #over = (event: DragEvent): void => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    // Without this the browser would open the file in the place of the page.
    event.preventDefault();
    event.dataTransfer.dropEffect = this.#target.takesFiles ? 'copy' : 'none';
  };

  readonly #drop = (event: DragEvent): void => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    this.#target.dropped(thingsIn(event.dataTransfer));
  };
}

export function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function thingsIn(data: DataTransfer): Dropped[] {
  const items = [...data.items].filter(({ kind }) => kind === 'file');
  if (items.length === 0) return [...data.files].map((file) => ({ file, entry: null, handle: undefined }));
  return items.map((item) => {
    const file = item.getAsFile();
    return { file, entry: item.webkitGetAsEntry(), handle: file ? handleOf(item, file) : undefined };
  });
}

/** Of a file that travels in parts: only such an upload outlives its page. Chromium gives it. */
function handleOf(item: DataTransferItem & HandleItem, { size }: File): Dropped['handle'] {
  return size > SINGLE_PUT_BYTES ? item.getAsFileSystemHandle?.().catch(() => null) : undefined;
}

/** WICG File System Access; the DOM types of TypeScript do not have it. */
interface HandleItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}
