import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** Twice 40 px, for dense screens. */
const SIDE = 80;
/** Decoding a larger picture costs more memory than a thumbnail is worth. */
const MOST_BYTES = 40 * 1024 * 1024;

// One at a time: twenty photos of a phone decoded together would be a gigabyte.
let queue: Promise<void> = Promise.resolve();

/** Draws a picture of the file onto its canvas, which stays hidden where the browser cannot show it. */
class Thumbnail extends Directive {
  #file: File | null = null;

  override update(part: ElementPart, [file]: [File]): typeof noChange {
    if (this.#file === file || !(part.element instanceof HTMLCanvasElement)) return noChange;
    this.#file = file;
    const canvas = part.element;
    canvas.hidden = true;
    queue = queue.then(() => (this.#file === file && file.size <= MOST_BYTES ? draw(file, canvas) : undefined));
    return noChange;
  }

  render(_file: File): typeof noChange {
    return noChange;
  }
}
export const thumbnail = directive(Thumbnail);

async function draw(file: File, canvas: HTMLCanvasElement): Promise<void> {
  if (!canvas.isConnected) return;
  try {
    // The browser decodes this off the main thread.
    const picture = await createImageBitmap(file, { resizeWidth: SIDE * 2, resizeQuality: 'medium' });
    const cut = Math.min(picture.width, picture.height);
    canvas.width = canvas.height = SIDE;
    canvas
      .getContext('2d')
      ?.drawImage(picture, (picture.width - cut) / 2, (picture.height - cut) / 2, cut, cut, 0, 0, SIDE, SIDE);
    picture.close();
    canvas.hidden = false;
  } catch {
    // Not a picture this browser can read; the icon of its kind stays.
  }
}
