import type { StoredFile } from '../contract/uploads.ts';
import type { Made } from './upload-snapshot.ts';

/** What is known of a stored file whose page is gone: its bytes are not here any more. */
export interface KeptUpload {
  readonly stored: StoredFile;
  /** Of the file, as `File.lastModified`: with its name and size it tells whether it is chosen once more. */
  readonly lastModified: number;
  readonly made?: Made | undefined;
}
