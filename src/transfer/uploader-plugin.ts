import { BasePlugin, EventManager, type Uppy } from '@uppy/core';
import type { UppyFile } from '@uppy/core/utils';
import { filterFilesToEmitUploadStarted, filterFilesToUpload } from '@uppy/core/utils';
import type { StoredFile } from '../contract/uploads.ts';
import { asUploadError, UploadError } from '../errors.ts';

/** `relativePath` is our key too: files of equal name, size and date would collide without it. */
export type FileMeta = { key: string; relativePath: string; [name: string]: unknown };
export type FileBody = { stored?: StoredFile };
export type CarriedFile = UppyFile<FileMeta, FileBody>;
export type Carrier = Uppy<FileMeta, FileBody>;

export interface UploaderOptions {
  /** Brings one file into the storage. Fails with an UploadError, or with `signal.reason`. */
  readonly store: (
    file: CarriedFile,
    watch: { sent(bytes: number): void; finishing(): void },
    signal: AbortSignal,
  ) => Promise<StoredFile>;
}

/** Our uploader on Uppy's core (decision 1): Uppy keeps the running files and tells of them, this moves their bytes. */
export class UploaderPlugin extends BasePlugin<UploaderOptions & { id?: string }, FileMeta, FileBody> {
  constructor(uppy: Carrier, options: UploaderOptions) {
    super(uppy, options);
    this.id = 'SecureUploader';
    this.type = 'uploader';
  }

  override install(): void {
    this.uppy.addUploader(this.#upload);
  }

  override uninstall(): void {
    this.uppy.removeUploader(this.#upload);
  }

  #upload = async (ids: string[]): Promise<void> => {
    const files: CarriedFile[] = filterFilesToUpload(this.uppy.getFilesByIds(ids));
    this.uppy.emit('upload-start', filterFilesToEmitUploadStarted(files));
    await Promise.all(files.map((file) => this.#one(file)));
  };

  async #one(file: CarriedFile): Promise<void> {
    const controller = new AbortController();
    const cancel = () => controller.abort(new UploadError('cancelled'));
    const events = new EventManager(this.uppy);
    events.onFileRemove(file.id, cancel);
    events.onCancelAll(file.id, cancel);
    const bytesTotal = file.size ?? 0;
    const watch = {
      sent: (bytesUploaded: number) =>
        this.uppy.emit('upload-progress', file, { uploadStarted: 0, bytesUploaded, bytesTotal }),
      finishing: () => this.uppy.emit('postprocess-progress', file, { mode: 'indeterminate' }),
    };
    try {
      const stored = await this.opts.store(file, watch, controller.signal);
      events.remove();
      this.uppy.emit('upload-success', file, { status: 200, body: { stored } });
    } catch (error) {
      events.remove();
      if (controller.signal.aborted) return;
      this.uppy.emit('upload-error', file, asUploadError(error, 'internal'));
    }
  }
}
