import { SecureUpload } from './secure-upload.ts';

/** Two versions of the script may stand on one page; the first one there has the name. */
if (!customElements.get('secure-upload')) customElements.define('secure-upload', SecureUpload);
