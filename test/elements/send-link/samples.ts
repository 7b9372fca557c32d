/** Stand where the gallery shows them too. */
export * from '../../../demo/gallery/link-samples.ts';
