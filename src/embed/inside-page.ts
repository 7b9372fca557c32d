/** The script of `/embed/{app}`, beside that of the box. */
import { type Box, Inside } from './inside.ts';

const box = document.querySelector<Box>('secure-upload');
const form = document.querySelector('form');
const origins: unknown = JSON.parse(
  document.querySelector<HTMLMetaElement>('meta[name="app-origins"]')?.content ?? '[]',
);
// Opened as a page of its own it has nobody to talk to.
if (box && form && window.parent !== window && Array.isArray(origins)) {
  await customElements.whenDefined(box.localName);
  new Inside(box, form, window.parent, origins.map(String));
}
