import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of the system's folder for temporary files, with a name that no other run has. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'secure-upload-bench-'));

  remove(): void {
    // Chromium's helpers may still write for a moment.
    rmSync(this.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
