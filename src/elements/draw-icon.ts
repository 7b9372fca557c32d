import { html, type SVGTemplateResult, type TemplateResult } from 'lit';

export type IconSize = 16 | 20 | 32;

export function drawIcon(shape: SVGTemplateResult, size: IconSize): TemplateResult {
  return html`<svg class="icon size-${size}" viewBox="0 0 20 20" aria-hidden="true">${shape}</svg>`;
}
