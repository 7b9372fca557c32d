import { Uppy } from '@uppy/core';
import type { StoredFile } from '../contract/uploads.ts';
import { asUploadError, type UploadError } from '../errors.ts';
import { type Carrier, type FileBody, type FileMeta, type Store, UploaderPlugin } from './uploader-plugin.ts';

/** What Uppy tells of the files it carries, by our keys. */
export interface CarriageListener {
  progress(key: string, sent: number): void;
  finishing(key: string): void;
  stored(key: string, file: StoredFile): void;
  failed(key: string, error: UploadError): void;
}

/** Uppy would write file names to the page's console. */
const SILENT = { debug: () => {}, warn: () => {}, error: () => {} };

/**
 * The files inside Uppy. It clones its state at every event and goes through all of it at every `upload()`: flat up to
 * some hundred files, a wall at thousands. So files come in bulk, and leave in bulk before the next ones come.
 */
export class Carriage {
  readonly #uppy: Carrier = new Uppy<FileMeta, FileBody>({ id: 'secure-upload', logger: SILENT });
  readonly #listener: CarriageListener;
  readonly #ids = new Map<string, string>();
  /** Stored, and still in Uppy's state. */
  #arrived: string[] = [];

  constructor(store: Store, listener: CarriageListener) {
    this.#listener = listener;
    this.#uppy.use(UploaderPlugin, { store });
    this.#listen();
  }

  has(key: string): boolean {
    return this.#ids.has(key);
  }

  enter(files: readonly { readonly key: string; readonly file: File }[]): void {
    this.clear();
    this.#uppy.addFiles(
      files.map(({ key, file }) => ({
        name: file.name,
        type: file.type,
        data: file,
        source: 'secure-upload',
        meta: { key, relativePath: key },
      })),
    );
    // Its outcome is told file by file.
    this.#uppy.upload().catch(() => {});
  }

  /** Takes files out; what still runs for them is cancelled. */
  drop(keys: readonly string[]): void {
    const ids = keys.flatMap((key) => this.#ids.get(key) ?? []);
    for (const key of keys) this.#ids.delete(key);
    if (ids.length > 0) this.#uppy.removeFiles(ids);
  }

  /** Takes out what has arrived. */
  clear(): void {
    const ids = this.#arrived;
    this.#arrived = [];
    if (ids.length > 0) this.#uppy.removeFiles(ids);
  }

  #listen(): void {
    this.#uppy.on('file-added', ({ id, meta }) => this.#ids.set(meta.key, id));
    this.#uppy.on('upload-progress', (file, { bytesUploaded }) => {
      if (file && typeof bytesUploaded === 'number') this.#listener.progress(file.meta.key, bytesUploaded);
    });
    this.#uppy.on('postprocess-progress', (file) => {
      if (file) this.#listener.finishing(file.meta.key);
    });
    this.#uppy.on('upload-success', (file, { body }) => {
      if (!file || !body?.stored) return;
      this.#ids.delete(file.meta.key);
      this.#arrived.push(file.id);
      this.#listener.stored(file.meta.key, body.stored);
    });
    this.#uppy.on('upload-error', (file, error) => {
      if (!file) return;
      // The next `upload()` would try it again by itself.
      this.drop([file.meta.key]);
      this.#listener.failed(file.meta.key, asUploadError(error, 'internal'));
    });
  }
}
