import { type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { drawIcon, type IconSize } from './draw-icon.ts';

/** Those of the recipient's first screens. */
export const COVER_SHAPES = {
  alert: svg`<path d="M10 3.25 17.25 16H2.75zM10 8v3.75"/><circle cx="10" cy="13.75" r=".4" fill="currentColor"/>`,
  copy: svg`<rect x="7" y="7" width="10" height="10" rx="1.5"/><path d="M13 7V4.5A1.5 1.5 0 0 0 11.5 3h-7A1.5 1.5 0 0 0 3 4.5v7A1.5 1.5 0 0 0 4.5 13H7"/>`,
  info: svg`<circle cx="10" cy="10" r="7"/><path d="M10 9.25v4.25"/><circle cx="10" cy="6.75" r=".4" fill="currentColor"/>`,
  eye: svg`<path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5z"/><circle cx="10" cy="10" r="2.25"/>`,
} satisfies Record<string, SVGTemplateResult>;

export function coverIcon(name: keyof typeof COVER_SHAPES, size: IconSize = 20): TemplateResult {
  return drawIcon(COVER_SHAPES[name], size);
}
