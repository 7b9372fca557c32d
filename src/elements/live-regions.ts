import { html, type TemplateResult } from 'lit';

/**
 * One polite and one assertive live region, empty from the start: what is in one when it appears is not announced.
 * `urgent` is what the element itself has to tell before an announcer is loaded.
 */
export function liveRegions(lang: string, urgent = ''): TemplateResult {
  return html`
    <div class="hidden-text" role="status" aria-live="polite" aria-atomic="false" id="polite" lang=${lang}></div>
    <div class="hidden-text" role="alert" aria-live="assertive" aria-atomic="false" id="urgent" lang=${lang}>${urgent}</div>
  `;
}
