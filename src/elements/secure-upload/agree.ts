import { html, nothing, type TemplateResult } from 'lit';
import { agreementNotice } from '../../contract/agreements.ts';
import { directionOf } from '../../i18n/messages.ts';
import { icon } from '../icons.ts';
import type { View } from './view.ts';

/** "Before you upload": empty boxes, the needed ones named in words. Nothing where nothing is asked. */
export function agreeView(view: View): TemplateResult | typeof nothing {
  const { snapshot, words, flow, lang } = view;
  const { asking, ticked, missing, isChanged } = snapshot.agreement;
  if (!asking) return nothing;
  // Shown is what the broker is told of, word for word.
  const { purposes, language } = agreementNotice(asking, new Set(asking.purposes.map(({ id }) => id)), lang);
  const direction = directionOf(language);
  return html`<div class="agree" role="group" aria-labelledby="agree-heading">
    <h3 class="sub-heading" id="agree-heading">${words.agreeHeading}</h3>
    ${
      isChanged
        ? html`<p class="note warn" id="agree-changed" tabindex="-1">${icon('alert')} <span>${words.agreeChanged}</span></p>`
        : nothing
    }
    ${purposes.map(
      ({ id, label, needed }) => html`<div class="purpose">
        <input
          type="checkbox"
          id="agree-${id}"
          .checked=${ticked.has(id)}
          aria-describedby=${missing === id ? `need-${id} missing-${id}` : `need-${id}`}
          aria-invalid=${missing === id ? 'true' : nothing}
          @change=${(event: Event) => flow.tick(id, (event.currentTarget as HTMLInputElement).checked)}
        />
        <label for="agree-${id}" lang=${language} dir=${direction}>${label}</label>
        <span class="need small muted" id="need-${id}">${needed ? words.agreeNeeded : words.agreeChoice}</span>
        ${
          missing === id
            ? html`<p class="problem" id="missing-${id}">${icon('alert', 16)} <span>${words.agreeMissing(label)}</span></p>`
            : nothing
        }
      </div>`,
    )}
    <details class="more">
      <summary class="link opens small">${words.agreeMeaning}</summary>
      <dl class="facts small" lang=${language} dir=${direction}>
        ${purposes.map(({ label, explanation }) => html`<div><dt>${label}</dt><dd>${explanation}</dd></div>`)}
      </dl>
    </details>
  </div>`;
}

/** Where the person must look: the first needed box that is empty, or that the words were changed. */
export const agreeTarget = ({ snapshot }: View): string => {
  const { missing } = snapshot.agreement;
  return missing === null ? '#agree-changed' : `#agree-${missing}`;
};
