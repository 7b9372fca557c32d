import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that goes when it is told to, or at the latest with this process. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'secure-upload-bench-'));
  readonly #remove = (): void => {
    // Chromium's helpers may still write for a moment.
    rmSync(this.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };

  constructor() {
    process.once('exit', this.#remove);
  }

  remove(): void {
    process.off('exit', this.#remove);
    this.#remove();
  }
}
