import { html, type TemplateResult } from 'lit';

interface Answer {
  readonly label: string;
  act(): void;
}

/** Asked in its place, not in a window. The harmless answer has the focus: a key that is held down destroys nothing. */
export function question(text: string, yes: Answer, no: Answer): TemplateResult {
  return html`<div class="question" role="group" aria-label=${text}>
    <p class="small">${text}</p>
    <div class="buttons">
      <button type="button" class="button" @click=${() => yes.act()}>${yes.label}</button>
      <button type="button" class="button" data-focus @click=${() => no.act()}>${no.label}</button>
    </div>
  </div>`;
}
