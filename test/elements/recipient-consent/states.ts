/** Stand where the gallery shows them too. */
export * from '../../../demo/gallery/recipient-states.ts';
