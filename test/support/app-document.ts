/** Stands where the gallery may use it too. */
export { appDocument } from '../../demo/gallery/app-document.ts';
