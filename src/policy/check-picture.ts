import type { Limits } from '../contract/template.ts';
import { type Dimensions, dimensionsOf } from './dimensions.ts';
import type { FileFacts, Violation } from './violation.ts';

/** Formats whose dimensions are read. Of the others a template can say nothing. */
const MEASURED = /^image\/(jpeg|png|gif|webp|heic|avif)$/;

/** As the header has them, wherever in the file that was found; null where it does not say. */
export const measuredOf = (
  { head, dimensions }: Pick<FileFacts, 'head' | 'dimensions'>,
  type: string,
): Dimensions | null => (dimensions === undefined ? dimensionsOf(type, head ?? new Uint8Array()) : dimensions);

/** Width and height, where the template limits them and the bytes have been read. */
export function checkPicture(limits: Limits, facts: FileFacts, type: string): Violation | null {
  const { max_pixels, max_edge, min_edge } = limits;
  if (!facts.head || (!max_pixels && !max_edge && !min_edge)) return null;
  if (!MEASURED.test(type)) return null;
  const measured = measuredOf(facts, type);
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
