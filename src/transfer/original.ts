import { UploadError } from '../errors.ts';
import type { Hasher } from './ports.ts';

/** The chosen file as it was when its sending began; what is sent of it must all be from that one state. */
export class Original {
  readonly file: File;
  readonly size: number;
  readonly lastModified: number;
  readonly #hasher: Hasher;

  constructor(file: File, hasher: Hasher) {
    this.file = file;
    this.#hasher = hasher;
    this.size = file.size;
    this.lastModified = file.lastModified;
  }

  /** SHA-256 of a piece of the file. Fails with file_changed or file_unreadable. */
  async hash(piece: Blob, signal: AbortSignal): Promise<string> {
    // A File of WebKit follows its file on the disk; elsewhere reading fails instead.
    if (this.file.size !== this.size || this.file.lastModified !== this.lastModified) {
      throw new UploadError('file_changed');
    }
    return this.#hasher.hash(piece, signal, this);
  }

  /** Fails with file_changed where these are not the bytes that were hashed before. */
  async compare(piece: Blob, sha256: string, signal: AbortSignal): Promise<void> {
    if ((await this.hash(piece, signal)) !== sha256) throw new UploadError('file_changed');
  }
}
