import { BasePlugin, type Uppy } from '@uppy/core';
import type { UppyFile } from '@uppy/core/utils';
import { filterFilesToEmitUploadStarted, filterFilesToUpload } from '@uppy/core/utils';
import type { StoredFile } from '../contract/uploads.ts';
import { asUploadError, UploadError } from '../errors.ts';

/** `relativePath` is our key too: files of equal name, size and date would collide without it. */
export type FileMeta = { key: string; relativePath: string; [name: string]: unknown };
export type FileBody = { stored?: StoredFile };
export type CarriedFile = UppyFile<FileMeta, FileBody>;
export type Carrier = Uppy<FileMeta, FileBody>;

/** Brings one file into the storage. Fails with an UploadError, or with `signal.reason`. */
export type Store = (
  key: string,
  watch: { sent(bytes: number): void; finishing(): void },
  signal: AbortSignal,
) => Promise<StoredFile>;

export interface UploaderOptions {
  readonly store: Store;
}

/** Our uploader on Uppy's core (decision 1): Uppy keeps the running files and tells of them, this moves their bytes. */
export class UploaderPlugin extends BasePlugin<UploaderOptions & { id?: string }, FileMeta, FileBody> {
  readonly #running = new Map<string, AbortController>();

  constructor(uppy: Carrier, options: UploaderOptions) {
    super(uppy, options);
    this.id = 'SecureUploader';
    this.type = 'uploader';
  }

  override install(): void {
    this.uppy.addUploader(this.#upload);
    this.uppy.on('file-removed', this.#cancel);
    this.uppy.on('cancel-all', this.#cancelAll);
  }

  override uninstall(): void {
    this.uppy.removeUploader(this.#upload);
    this.uppy.off('file-removed', this.#cancel);
    this.uppy.off('cancel-all', this.#cancelAll);
  }

  readonly #cancel = ({ id }: CarriedFile): void => this.#running.get(id)?.abort(new UploadError('cancelled'));

  readonly #cancelAll = (): void => {
    for (const controller of this.#running.values()) controller.abort(new UploadError('cancelled'));
  };

  readonly #upload = async (ids: string[]): Promise<void> => {
    const files: CarriedFile[] = filterFilesToUpload(this.uppy.getFilesByIds(ids));
    this.uppy.emit('upload-start', filterFilesToEmitUploadStarted(files));
    await Promise.all(files.map((file) => this.#one(file)));
  };

  async #one(file: CarriedFile): Promise<void> {
    const controller = new AbortController();
    this.#running.set(file.id, controller);
    const bytesTotal = file.size ?? 0;
    const watch = {
      sent: (bytesUploaded: number) =>
        this.uppy.emit('upload-progress', file, { uploadStarted: 0, bytesUploaded, bytesTotal }),
      finishing: () => this.uppy.emit('postprocess-progress', file, { mode: 'indeterminate' }),
    };
    try {
      const stored = await this.opts.store(file.meta.key, watch, controller.signal);
      this.#ended(file.id, controller);
      this.uppy.emit('upload-success', file, { status: 200, body: { stored } });
    } catch (error) {
      this.#ended(file.id, controller);
      if (controller.signal.aborted) return;
      this.uppy.emit('upload-error', file, asUploadError(error, 'internal'));
    }
  }

  /** Under the id of one that was cancelled another may run by now. */
  #ended(id: string, controller: AbortController): void {
    if (this.#running.get(id) === controller) this.#running.delete(id);
  }
}
