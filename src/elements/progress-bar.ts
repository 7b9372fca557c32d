import { html, noChange, type TemplateResult } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

/** Sets the width by CSSOM: a style attribute would break a page's content security policy. */
class Filled extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('filled() stands on an element');
  }

  override update(part: ElementPart, [percent]: [number]): typeof noChange {
    if (part.element instanceof HTMLElement) part.element.style.setProperty('--_done', String(percent));
    return noChange;
  }

  render(_percent: number): typeof noChange {
    return noChange;
  }
}
const filled = directive(Filled);

/** `label` names it for assistive technology, `valueText` is what stands beside it in words. */
export function progressBar(
  label: string,
  share: number,
  valueText: string,
  shape: 'total' | 'thin' = 'total',
): TemplateResult {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return html`<div
    part="progress"
    class="progress ${shape}"
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.round(percent)}
    aria-valuetext=${valueText}
    ${filled(percent)}
  >
    <div class="fill"></div>
  </div>`;
}
