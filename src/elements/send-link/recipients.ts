import { html, nothing, type TemplateResult } from 'lit';
import { directionOf } from '../../i18n/messages.ts';
import { isolate } from '../../i18n/names.ts';
import { contactHref } from '../contact-href.ts';
import { icon } from '../icons.ts';
import { recipientsIn } from './draft.ts';
import type { FormView } from './form-view.ts';

/** What is known of the addresses: who is outside, whether that is allowed, and what must be said yes to first. */
export function checkedRecipients(view: FormView): TemplateResult | typeof nothing {
  const { draft, checked, words, org } = view;
  const known = recipientsIn(draft).flatMap((address) => {
    const found = checked.get(address);
    return found?.external ? [{ address, ...found }] : [];
  });
  if (known.length === 0) return nothing;
  const isRefused = known.some(({ allowed }) => !allowed);
  return html`<ul class="outside small">
      ${known.map(
        ({ address }) =>
          html`<li><bdi dir="ltr">${address}</bdi> <span class="chip">${words.outside(isolate(org.name))}</span></li>`,
      )}
    </ul>
    ${isRefused ? refused(view) : asked(view)}`;
}

function refused({ words, org }: FormView): TemplateResult {
  const href = contactHref(org.contact);
  return html`<p part="problem" class="problem" id="outside-problem">
    ${icon('alert', 16)}<span
      >${words.notAllowed(isolate(org.name))}
      ${href === null ? nothing : html`<a class="link" href=${href} rel="noreferrer">${words.askPermission}</a>`}</span
    >
  </p>`;
}

/** The sender's own yes is recorded with each link that leaves the organisation. */
function asked(view: FormView): TemplateResult {
  const { words, outside, isOutsideAgreed, isOutsideMissing } = view;
  // The words of the broker say that they are asked.
  if (outside === null) return html`<p class="small muted">${words.outsideAsked}</p>`;
  return html`<div class="consent">
    <p class="small" id="outside-text" lang=${outside.language} dir=${directionOf(outside.language)}>${outside.text}</p>
    <label class="tick">
      <input
        type="checkbox"
        id="outside"
        name="outside"
        .checked=${isOutsideAgreed}
        aria-invalid=${isOutsideMissing ? 'true' : nothing}
        aria-describedby=${isOutsideMissing ? 'outside-text outside-missing' : 'outside-text'}
        @change=${(event: Event) => view.agreeOutside((event.currentTarget as HTMLInputElement).checked)}
      />
      <span>${words.outsideYes}</span>
    </label>
    ${
      isOutsideMissing
        ? html`<p part="problem" class="problem" id="outside-missing">
            ${icon('alert', 16)}<span>${words.problems.outsideNeeded}</span>
          </p>`
        : nothing
    }
  </div>`;
}
