const PNG = new Uint8Array(64);
PNG.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);

/** Files of 64 bytes that start as a PNG does. */
export function smallPictures(count: number): File[] {
  return Array.from({ length: count }, (_, i) => new File([PNG], `picture-${i}.png`, { type: 'image/png' }));
}
