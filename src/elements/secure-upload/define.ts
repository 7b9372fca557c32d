import { SecureUpload } from './secure-upload.ts';

// A page that loads the script twice keeps its first definition.
if (!customElements.get('secure-upload')) customElements.define('secure-upload', SecureUpload);

declare global {
  interface HTMLElementTagNameMap {
    'secure-upload': SecureUpload;
  }
}
