/** Stand where the gallery may use them too. */
export * from '../../demo/gallery/recipient-samples.ts';
