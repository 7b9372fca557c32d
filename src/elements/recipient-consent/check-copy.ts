import { html, nothing, type TemplateResult } from 'lit';
import type { DeliverySnapshot } from '../../flow/recipient-snapshot.ts';
import { isolate } from '../../i18n/names.ts';
import type { View } from './view.ts';

/** Files that the browser fetched by itself: the page has not seen them, so the person shows it the saved copy. */
export function checkCopy(view: View, { file, phase }: DeliverySnapshot): TemplateResult | typeof nothing {
  if (phase !== 'started' && phase !== 'other-copy') return nothing;
  const { words, acts } = view;
  const id = `check-${file.id}`;
  return html`<label class="button check" for=${id}>
    ${words.download.check}
    <input
      class="hidden-text"
      type="file"
      id=${id}
      aria-label=${words.download.checkNamed(isolate(file.name))}
      @change=${(event: Event) => acts.check(file.id, event)}
    />
  </label>`;
}
