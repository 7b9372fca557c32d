import { html, nothing, type TemplateResult } from 'lit';
import { PURPOSE_LENGTH } from '../../contract/links.ts';
import { LANGUAGE_NAMES } from '../../i18n/language-names.ts';
import { cleanName, isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { dayChoices, expiryOf, type Field, recipientsIn, wrongAddress } from './draft.ts';
import type { FormView } from './form-view.ts';
import { previewOf } from './preview.ts';
import { checkedRecipients } from './recipients.ts';

export function linkForm(view: FormView): TemplateResult {
  const { words, problem, goOn } = view;
  return html`<h2 part="heading" class="heading" id="heading" tabindex="-1">${words.heading}</h2>
    <form class="form" novalidate @submit=${view.submit}>
      ${chosenFiles(view)} ${recipientField(view)} ${purposeField(view)} ${untilField(view)} ${languageField(view)}
      <p class="small muted">${words.proof}</p>
      ${previewOf(view)}
      ${view.before.length > 0 ? html`<p class="small">${words.sentBefore(view.formats.list(view.before.map(isolate)))}</p>` : nothing}
      ${problem ? html`<p part="problem" class="problem" id="problem">${icon('alert', 16)}<span>${problem}</span></p>` : nothing}
      <div class="buttons">
        ${goOn ? html`<button part="primary" class="button primary" type="button" aria-describedby="problem" @click=${goOn.start}>${goOn.isStep ? words.goOn : words.signIn}</button>` : sendButton(view)}
        <button class="button quiet" type="button" id="list" @click=${view.showList}>${words.list.open}</button>
      </div>
    </form>`;
}

function sendButton({ words, draft, isBusy, problem }: FormView): TemplateResult {
  const many = recipientsIn(draft).length;
  return html`<button
    part="primary"
    class="button primary ${isBusy ? 'busy' : ''}"
    type="submit"
    aria-disabled=${isBusy ? 'true' : nothing}
    aria-describedby=${problem ? 'problem' : nothing}
  >
    ${icon('mail')}${many > 1 ? words.sendMany(many) : words.send}
  </button>`;
}

/** From here on one press for all saves many. */
const WORTH_A_PRESS = 6;

function chosenFiles(view: FormView): TemplateResult {
  const { words, formats, files, draft, tick } = view;
  const problem = problemOf(view, 'files', words.filesProblem);
  return html`<fieldset class="field" aria-describedby=${problem ? 'files-problem' : nothing}>
    <legend class="label">${words.files}</legend>
    ${fieldProblem('files', problem)} ${files.length < WORTH_A_PRESS ? nothing : allOrNone(view)}
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

function allOrNone({ words, files, draft, change }: FormView): TemplateResult {
  const isAll = files.every(({ id }) => draft.files.includes(id));
  const press = () => change({ files: isAll ? [] : files.map(({ id }) => id) });
  return html`<p class="small"><button type="button" class="link" id="all" @click=${press}>${isAll ? words.noFiles : words.allFiles}</button></p>`;
}

function recipientField(view: FormView): TemplateResult {
  const { words, draft, change } = view;
  const text = wrongAddress(draft);
  const wrong = text === null ? words.toProblem : words.toWrong(isolate(text));
  const problem = problemOf(view, 'recipient', wrong);
  return html`<div class="field">
    <label for="recipient">${words.to}</label>
    <p class="small muted" id="recipient-hint">${words.toHint}</p>
    ${fieldProblem('recipient', problem)}
    <input
      part="field"
      class="input"
      id="recipient"
      name="recipient"
      type="text"
      dir="ltr"
      inputmode="email"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      maxlength="4000"
      .value=${draft.recipient}
      aria-required="true"
      aria-invalid=${problem ? 'true' : 'false'}
      aria-describedby=${problem ? 'recipient-problem recipient-hint' : 'recipient-hint'}
      @input=${(event: Event) => change({ recipient: (event.currentTarget as HTMLInputElement).value })}
      @change=${view.checkRecipients}
    />
    ${checkedRecipients(view)}
  </div>`;
}

function purposeField(view: FormView): TemplateResult {
  const { words, draft, change } = view;
  const problem = problemOf(view, 'purpose', words.purposeProblem);
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

/** The mail's, and the page's that it leads to; whoever reads it can change that there. */
function languageField({ words, draft, change }: FormView): TemplateResult {
  return html`<div class="field">
    <label for="language">${words.language}</label>
    <div class="select">
      <select
        part="field"
        class="input"
        id="language"
        name="language"
        @change=${(event: Event) => change({ language: (event.currentTarget as HTMLSelectElement).value })}
      >
        ${Object.entries(LANGUAGE_NAMES).map(
          ([tag, name]) => html`<option value=${tag} lang=${tag} .selected=${tag === draft.language}>${name}</option>`,
        )}
      </select>
      ${icon('chevron')}
    </div>
  </div>`;
}

/** What is missing there, or else what the broker said of what stands there. */
function problemOf({ missing, fault }: FormView, field: Field, missed: string): string | null {
  if (missing.includes(field)) return missed;
  return fault?.field === field ? fault.text : null;
}

function fieldProblem(field: Field, text: string | null): TemplateResult | typeof nothing {
  if (text === null) return nothing;
  return html`<p part="problem" class="problem" id="${field}-problem">${icon('alert', 16)}<span>${text}</span></p>`;
}
