import { html, type TemplateResult } from 'lit';
import type { IconSize } from './draw-icon.ts';

/** Those of the first paint, each a single path: a shape with a template of its own takes a slow device longer. */
const PATHS = {
  upload: 'M10 13V4M6.5 7.5 10 4l3.5 3.5M4 13v2.5A1.5 1.5 0 0 0 5.5 17h9a1.5 1.5 0 0 0 1.5-1.5V13',
  camera:
    'M3 7.5A1.5 1.5 0 0 1 4.5 6h2l1.25-2h4.5L13.5 6h2A1.5 1.5 0 0 1 17 7.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14.5zM12.75 11a2.75 2.75 0 1 1-5.5 0 2.75 2.75 0 0 1 5.5 0z',
  shield: 'M10 3 4.5 5v4.5c0 3.5 2.25 6.25 5.5 7.5 3.25-1.25 5.5-4 5.5-7.5V5zM7.5 10l1.75 1.75L12.75 8.25',
};

export function firstIcon(name: keyof typeof PATHS, size: IconSize = 20): TemplateResult {
  return html`<svg class="icon size-${size}" viewBox="0 0 20 20" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
}
