import { html, nothing, type TemplateResult } from 'lit';
import { isRecipient } from '../../contract/values.ts';
import { directionOf } from '../../i18n/messages.ts';
import { isolate } from '../../i18n/names.ts';
import { contactHref } from '../contact-href.ts';
import { icon } from '../icons.ts';
import { recipientsIn } from './draft.ts';
import type { FormView } from './form-view.ts';

/** What is known of the addresses: who is outside, whether that is allowed, and what must be said yes to first. */
export function checkedRecipients(view: FormView): TemplateResult | typeof nothing {
  const { draft, checked, words, org } = view;
  const addresses = recipientsIn(draft).filter(isRecipient);
  const outside = addresses.filter((address) => checked.get(address)?.external);
  const chip = html`<span class="chip small">${words.outside(isolate(org.name))}</span>`;
  const isRefused = outside.some((address) => checked.get(address)?.allowed === false);
  return html`${addresses.length > 1 ? each(addresses, (address) => (outside.includes(address) ? chip : nothing)) : outside.length > 0 ? chip : nothing}
    ${outside.length === 0 ? nothing : isRefused ? refused(view) : asked(view)}`;
}

/** A narrow field cuts the second of them. */
function each(addresses: readonly string[], chipOf: (address: string) => unknown): TemplateResult {
  return html`<ul class="each small">${addresses.map((address) => html`<li><bdi dir="ltr">${address}</bdi> ${chipOf(address)}</li>`)}</ul>`;
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
