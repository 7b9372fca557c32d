/** Registers `<secure-upload-frame>`. Loading it twice does no harm, nor does importing it where a page is made on a server. */
import { SecureUploadFrame } from './secure-upload-frame.ts';

if (globalThis.customElements?.get('secure-upload-frame') === undefined) {
  globalThis.customElements?.define('secure-upload-frame', SecureUploadFrame);
}

export { SecureUploadFrame };
