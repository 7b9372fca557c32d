import { html, nothing, type TemplateResult } from 'lit';
import { PURPOSE_LENGTH } from '../../contract/links.ts';
import type { StoredFile } from '../../contract/uploads.ts';
import type { Formats } from '../../i18n/format.ts';
import { cleanName, isolate } from '../../i18n/names.ts';
import type { SendLinkWords } from '../../i18n/send-link-en.ts';
import { icon } from '../icons.ts';
import { type Draft, dayChoices, expiryOf, type Field } from './draft.ts';

export interface FormView {
  readonly words: SendLinkWords;
  readonly formats: Formats;
  readonly files: readonly StoredFile[];
  readonly limits: { readonly max_days: number; readonly default_days: number };
  readonly draft: Draft;
  readonly missing: readonly Field[];
  /** What the broker said, in words. */
  readonly problem: string | null;
  /** Signs in, where that is what the link waits for. */
  readonly goOn: (() => void) | null;
  readonly isBusy: boolean;
  /** ms since epoch */
  readonly now: number;
  change(draft: Partial<Draft>): void;
  tick(file: string, isOn: boolean): void;
  submit(event: SubmitEvent): void;
}

export function linkForm(view: FormView): TemplateResult {
  const { words, problem, goOn } = view;
  return html`<h2 part="heading" class="heading" id="heading" tabindex="-1">${words.heading}</h2>
    <form class="form" novalidate @submit=${view.submit}>
      ${chosenFiles(view)} ${recipientField(view)} ${purposeField(view)} ${untilField(view)}
      <p class="small muted">${words.proof}</p>
      ${problem ? html`<p part="problem" class="problem" id="problem">${icon('alert', 16)}<span>${problem}</span></p>` : nothing}
      <div class="buttons">
        ${goOn ? html`<button part="primary" class="button primary" type="button" aria-describedby="problem" @click=${goOn}>${words.goOn}</button>` : sendButton(view)}
      </div>
    </form>`;
}

function sendButton({ words, isBusy, problem }: FormView): TemplateResult {
  return html`<button
    part="primary"
    class="button primary ${isBusy ? 'busy' : ''}"
    type="submit"
    aria-disabled=${isBusy ? 'true' : nothing}
    aria-describedby=${problem ? 'problem' : nothing}
  >
    ${icon('mail')}${words.send}
  </button>`;
}

function chosenFiles({ words, formats, files, draft, missing, tick }: FormView): TemplateResult {
  return html`<fieldset class="field" aria-describedby=${missing.includes('files') ? 'files-problem' : nothing}>
    <legend class="label">${words.files}</legend>
    ${fieldProblem('files', missing.includes('files') ? words.filesProblem : null)}
    ${files.map(
      (file) => html`<label class="tick">
        <input
          type="checkbox"
          name="files"
          .checked=${draft.files.includes(file.id)}
          @change=${(event: Event) => tick(file.id, (event.currentTarget as HTMLInputElement).checked)}
        />
        <span><bdi dir="auto">${cleanName(file.name)}</bdi> <span class="small muted">${formats.size(file.size)}</span></span>
      </label>`,
    )}
  </fieldset>`;
}

function recipientField({ words, draft, missing, change }: FormView): TemplateResult {
  const text = draft.recipient.trim();
  const wrong = text === '' || text.includes(' ') ? words.toProblem : words.toWrong(isolate(text));
  const problem = missing.includes('recipient') ? wrong : null;
  return html`<div class="field">
    <label for="recipient">${words.to}</label>
    <p class="small muted" id="recipient-hint">${words.toHint}</p>
    ${fieldProblem('recipient', problem)}
    <input
      part="field"
      class="input"
      id="recipient"
      name="recipient"
      type="email"
      dir="ltr"
      inputmode="email"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      maxlength="254"
      .value=${draft.recipient}
      aria-required="true"
      aria-invalid=${problem ? 'true' : 'false'}
      aria-describedby=${problem ? 'recipient-problem recipient-hint' : 'recipient-hint'}
      @input=${(event: Event) => change({ recipient: (event.currentTarget as HTMLInputElement).value })}
    />
  </div>`;
}

function purposeField({ words, draft, missing, change }: FormView): TemplateResult {
  const problem = missing.includes('purpose') ? words.purposeProblem : null;
  return html`<div class="field">
    <label for="purpose">${words.purpose}</label>
    <p class="small muted" id="purpose-hint">${words.purposeHint}</p>
    ${fieldProblem('purpose', problem)}
    <input
      part="field"
      class="input"
      id="purpose"
      name="purpose"
      type="text"
      dir="auto"
      autocomplete="off"
      maxlength=${PURPOSE_LENGTH}
      .value=${draft.purpose}
      aria-required="true"
      aria-invalid=${problem ? 'true' : 'false'}
      aria-describedby=${problem ? 'purpose-problem purpose-hint' : 'purpose-hint'}
      @input=${(event: Event) => change({ purpose: (event.currentTarget as HTMLInputElement).value })}
    />
  </div>`;
}

function untilField({ words, formats, limits, draft, now, change }: FormView): TemplateResult {
  return html`<div class="field">
    <label for="until">${words.until}</label>
    <div class="select">
      <select
      part="field"
      class="input"
      id="until"
      name="until"
      aria-describedby="until-date"
      @change=${(event: Event) => change({ days: Number((event.currentTarget as HTMLSelectElement).value) })}
    >
      ${dayChoices(limits).map(
        (days) => html`<option value=${days} .selected=${days === draft.days}>
          ${formats.days(days)}
        </option>`,
      )}
    </select>
    ${icon('chevron')}
    </div>
    <p class="small muted" id="until-date">${words.untilDate(formats.future(expiryOf(draft.days, now), now))}</p>
  </div>`;
}

function fieldProblem(field: Field, text: string | null): TemplateResult | typeof nothing {
  if (text === null) return nothing;
  return html`<p part="problem" class="problem" id="${field}-problem">${icon('alert', 16)}<span>${text}</span></p>`;
}
