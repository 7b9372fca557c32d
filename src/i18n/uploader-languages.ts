import { Languages } from './languages.ts';
import type { UploaderPack } from './uploader-pack.ts';

/** One file for each language, because each costs a hash in the script of the first paint. */
export const uploaderLanguages = new Languages<UploaderPack>({
  ar: () => import('./uploader-ar.ts'),
  de: () => import('./uploader-de.ts'),
});
