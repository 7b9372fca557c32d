import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';

/** Twice 40 px, for dense screens. */
const SIDE = 80;
/** Decoding a larger picture costs more memory than a thumbnail is worth. */
const MOST_BYTES = 30 * 1024 * 1024;
/** Of a picture once it is decoded: 400 MB. */
const MOST_PIXELS = 100_000_000;
/** Drawn 160 px wide, a strip of 4 × 20,000 px is 800,000 px high and stops the page for seconds; a panorama is 8 : 1. */
const LONGEST = 12;
/** Twenty photos of a phone decoded together would be a gigabyte. */
const AT_ONCE = 2;
/** So many stay for rows that come back into sight; 25 kB each. */
const KEPT = 200;

/** Draws a picture of the file onto its canvas once that is in sight. It stays hidden where the browser cannot show it. */
class Thumbnail extends Directive {
  #file: File | null = null;

  override update({ element }: ElementPart, [file, dimensions]: Parameters<this['render']>): typeof noChange {
    if (this.#file === file || !(element instanceof HTMLCanvasElement)) return noChange;
    this.#file = file;
    element.hidden = true;
    if (file.size <= MOST_BYTES && isCheap(dimensions)) want(file, element);
    else files.delete(element);
    return noChange;
  }

  render(_file: File, _dimensions: ItemSnapshot['dimensions']): typeof noChange {
    return noChange;
  }
}

/** What does not say how large it is may be as large as it likes. */
function isCheap(dimensions: ItemSnapshot['dimensions']): boolean {
  if (!dimensions) return false;
  const { width, height } = dimensions;
  return width * height <= MOST_PIXELS && Math.max(width, height) <= LONGEST * Math.min(width, height);
}

export const thumbnail = directive(Thumbnail);

/** What each canvas shows, or shall show. */
const files = new WeakMap<HTMLCanvasElement, File>();
/** In sight, and not drawn. */
const waiting = new Set<HTMLCanvasElement>();
const kept = new Map<File, HTMLCanvasElement>();
let running = 0;
let sight: IntersectionObserver | null = null;

function want(file: File, canvas: HTMLCanvasElement): void {
  files.set(canvas, file);
  const drawn = kept.get(file);
  if (drawn) {
    copy(drawn, canvas);
    return;
  }
  sight ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const seen = target.querySelector('canvas');
      if (!seen) continue;
      if (isIntersecting && seen.hidden) waiting.add(seen);
      else waiting.delete(seen);
    }
    work();
  });
  // What is hidden is never in sight, what it stands in is; and it stands there once all of the row is drawn.
  queueMicrotask(() => {
    if (canvas.parentElement) sight?.observe(canvas.parentElement);
  });
}

function work(): void {
  for (const canvas of waiting) {
    if (running >= AT_ONCE) return;
    waiting.delete(canvas);
    const file = files.get(canvas);
    if (!file) continue;
    running += 1;
    void draw(file, canvas).finally(() => {
      running -= 1;
      work();
    });
  }
}

async function draw(file: File, canvas: HTMLCanvasElement): Promise<void> {
  if (canvas.parentElement) sight?.unobserve(canvas.parentElement);
  try {
    // From the File itself: the browser decodes off the main thread, and no blob: address is made that a policy could forbid.
    const picture = await createImageBitmap(file, { resizeWidth: SIDE * 2, resizeQuality: 'medium' });
    const cut = Math.min(picture.width, picture.height);
    const drawn = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE });
    drawn
      .getContext('2d')
      ?.drawImage(picture, (picture.width - cut) / 2, (picture.height - cut) / 2, cut, cut, 0, 0, SIDE, SIDE);
    picture.close();
    keep(file, drawn);
    if (files.get(canvas) === file) copy(drawn, canvas);
  } catch {
    // Not a picture this browser can read; the icon of its kind stays.
  }
}

function copy(drawn: HTMLCanvasElement, canvas: HTMLCanvasElement): void {
  canvas.width = canvas.height = SIDE;
  canvas.getContext('2d')?.drawImage(drawn, 0, 0);
  canvas.hidden = false;
}

/** The one that was drawn first goes first. */
function keep(file: File, drawn: HTMLCanvasElement): void {
  kept.set(file, drawn);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest) kept.delete(oldest);
}
