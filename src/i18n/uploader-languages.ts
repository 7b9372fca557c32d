import { Languages } from './languages.ts';
import type { SendLinkCatalogue } from './send-link-catalogue.ts';
import type { UploadCatalogue } from './upload-catalogue.ts';

/** Everything that the uploader and its form for a link say. */
export type UploaderPack = UploadCatalogue & SendLinkCatalogue;

/** One file for each language, because each costs a hash in the script of the first paint. */
export const uploaderLanguages = new Languages<UploaderPack>({
  ar: () => import('./uploader-ar.ts'),
  de: () => import('./uploader-de.ts'),
});
