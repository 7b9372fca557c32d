/** Registers `<secure-upload-frame>`. Loading it twice does no harm. */
import { SecureUploadFrame } from './secure-upload-frame.ts';

if (!customElements.get('secure-upload-frame')) customElements.define('secure-upload-frame', SecureUploadFrame);
