/** As photos are saved by most cameras' own tools. */
const QUALITY = 0.9;

/**
 * The picture drawn anew, upright, with its longer side `maxEdge` pixels long; null where this engine cannot write its
 * type. Runs in workers and on pages. Fails where the picture cannot be decoded.
 */
export async function shrink(picture: Blob, type: string, maxEdge: number, signal: AbortSignal): Promise<Blob | null> {
  // In one piece: Firefox tells the kind by the first piece alone, and two bytes do not tell it.
  const whole = new Blob([await picture.arrayBuffer()], { type });
  const full = await createImageBitmap(whole, { imageOrientation: 'from-image' });
  try {
    signal.throwIfAborted();
    const scale = maxEdge / Math.max(full.width, full.height);
    const width = Math.max(1, Math.round(full.width * scale));
    const height = Math.max(1, Math.round(full.height * scale));
    const canvas = draw(full, width, height);
    const blob = await canvas.convertToBlob({ type, quality: QUALITY });
    signal.throwIfAborted();
    // Engines write a PNG in place of a type that they cannot write.
    return blob.type === type ? blob : null;
  } finally {
    full.close();
  }
}

/** By halves first: engines that look at four neighbours only would skip pixels. */
function draw(full: ImageBitmap, width: number, height: number): OffscreenCanvas {
  let from: ImageBitmap | OffscreenCanvas = full;
  while (from.width >= width * 2 && from.height >= height * 2) {
    from = copy(from, Math.ceil(from.width / 2), Math.ceil(from.height / 2));
  }
  return from instanceof ImageBitmap || from.width !== width || from.height !== height
    ? copy(from, width, height)
    : from;
}

function copy(from: ImageBitmap | OffscreenCanvas, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new TypeError('no canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(from, 0, 0, width, height);
  return canvas;
}
