/** New states go there: the gallery shows them, and the tests of looks, words and access go through all of them. */

export * from '../../../demo/gallery/recorded-upload.ts';
export * from '../../../demo/gallery/upload-states.ts';
