import { type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { COVER_SHAPES } from './cover-icons.ts';
import { drawIcon, type IconSize } from './draw-icon.ts';

/** Drawn on a grid of 20, stroke 1.5. Words always stand beside them, so assistive technology never meets them. */
const SHAPES = {
  ...COVER_SHAPES,
  file: svg`<path d="M11.5 3h-5A1.5 1.5 0 0 0 5 4.5v11A1.5 1.5 0 0 0 6.5 17h7a1.5 1.5 0 0 0 1.5-1.5v-9zM11.5 3v3.5H15"/>`,
  image: svg`<path d="M4.5 4h11A1.5 1.5 0 0 1 17 5.5v9a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14.5v-9A1.5 1.5 0 0 1 4.5 4zM3 13.5l3.5-3.5 3 3 2.5-2.5 5 5"/><circle cx="7.25" cy="7.75" r="1.25"/>`,
  check: svg`<circle cx="10" cy="10" r="7"/><path class="tick" d="m6.75 10.25 2.25 2.25 4.25-4.75"/>`,
  stop: svg`<circle cx="10" cy="10" r="7"/><path d="m5.05 5.05 9.9 9.9"/>`,
  clock: svg`<circle cx="10" cy="10" r="7"/><path d="M10 6v4.25l2.75 1.75"/>`,
  retry: svg`<path d="M16 10a6 6 0 1 1-1.9-4.38M16 3.5V7h-3.5"/>`,
  pause: svg`<path d="M7.25 5v10M12.75 5v10"/>`,
  play: svg`<path d="M6.5 4.5v11l9-5.5z"/>`,
  close: svg`<path d="m5.5 5.5 9 9m0-9-9 9"/>`,
  lock: svg`<rect x="4.5" y="9" width="11" height="8" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>`,
  link: svg`<path d="M8.5 11.5a3 3 0 0 0 4.25 0l2.5-2.5A3 3 0 0 0 11 4.75l-.75.75M11.5 8.5a3 3 0 0 0-4.25 0l-2.5 2.5A3 3 0 0 0 9 15.25l.75-.75"/>`,
  mail: svg`<rect x="3" y="4.5" width="14" height="11" rx="1.5"/><path d="m3.5 6 6.5 5 6.5-5"/>`,
  download: svg`<path d="M10 4v9M6.5 9.5 10 13l3.5-3.5M4 13v2.5A1.5 1.5 0 0 0 5.5 17h9a1.5 1.5 0 0 0 1.5-1.5V13"/>`,
  offline: svg`<path d="M3 3l14 14M4 9.5a9 9 0 0 1 3-1.9M16 9.5a9 9 0 0 0-5.5-2.45M6.75 12.5a5 5 0 0 1 3.25-1.25"/><circle cx="10" cy="15.5" r=".75" fill="currentColor"/>`,
  receipt: svg`<path d="M5 3h10v14l-2.5-1.5L10 17l-2.5-1.5L5 17zM8 7h4M8 10.5h4"/>`,
  plus: svg`<path d="M10 4.5v11M4.5 10h11"/>`,
  chevron: svg`<path d="m5.5 8 4.5 4.5L14.5 8"/>`,
  open: svg`<path d="M11.5 3.5h5v5M16.5 3.5 10 10M8 4.5H5A1.5 1.5 0 0 0 3.5 6v9A1.5 1.5 0 0 0 5 16.5h9a1.5 1.5 0 0 0 1.5-1.5v-3"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof SHAPES;

export function icon(name: IconName, size: IconSize = 20): TemplateResult {
  return drawIcon(SHAPES[name], size);
}
