import { type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { drawIcon, type IconSize } from './draw-icon.ts';

/** Those of the first paint. */
export const FIRST_SHAPES = {
  upload: svg`<path d="M10 13V4M6.5 7.5 10 4l3.5 3.5M4 13v2.5A1.5 1.5 0 0 0 5.5 17h9a1.5 1.5 0 0 0 1.5-1.5V13"/>`,
  camera: svg`<path d="M3 7.5A1.5 1.5 0 0 1 4.5 6h2l1.25-2h4.5L13.5 6h2A1.5 1.5 0 0 1 17 7.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14.5z"/><circle cx="10" cy="11" r="2.75"/>`,
  shield: svg`<path d="M10 3 4.5 5v4.5c0 3.5 2.25 6.25 5.5 7.5 3.25-1.25 5.5-4 5.5-7.5V5zM7.5 10l1.75 1.75L12.75 8.25"/>`,
} satisfies Record<string, SVGTemplateResult>;

export function firstIcon(name: keyof typeof FIRST_SHAPES, size: IconSize = 20): TemplateResult {
  return drawIcon(FIRST_SHAPES[name], size);
}
