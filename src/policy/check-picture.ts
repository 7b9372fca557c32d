import type { Limits } from '../contract/template.ts';
import { dimensionsOf } from './dimensions.ts';
import type { FileFacts, Violation } from './violation.ts';

/** Formats whose dimensions are read. Of the others a template can say nothing. */
const MEASURED = /^image\/(jpeg|png|gif|webp|heic|avif)$/;

/** Width and height, where the template limits them and the bytes have been read. */
export function checkPicture(limits: Limits, { head, dimensions }: FileFacts, type: string): Violation | null {
  const { max_pixels, max_edge, min_edge } = limits;
  if (!head || (!max_pixels && !max_edge && !min_edge)) return null;
  if (!MEASURED.test(type)) return null;
  const measured = dimensions === undefined ? dimensionsOf(type, head) : dimensions;
  // A picture that hides how large it is may be larger than anybody can open.
  if (!measured) return { code: 'file_dimensions' };
  const { width, height } = measured;
  if (min_edge && Math.min(width, height) < min_edge) {
    return { code: 'file_small', figures: { limit: min_edge, width, height } };
  }
  if (max_edge && Math.max(width, height) > max_edge) {
    return { code: 'file_dimensions', figures: { limit: max_edge, width, height, why: 'edge' } };
  }
  if (max_pixels && width * height > max_pixels) {
    return { code: 'file_dimensions', figures: { limit: max_pixels, width, height, why: 'pixels' } };
  }
  return null;
}
