import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { addMore, folderNote, hintText } from './choose.ts';
import { problemText } from './problem-text.ts';
import { fileList } from './rows.ts';
import { contactLink, signInNote, signingInNote } from './sign-in.ts';
import { acceptedItems, itemsIn, sumOfSizes, type View } from './view.ts';

/** Files are chosen; nothing is sent before "Upload". */
export function reviewView(view: View): TemplateResult {
  const { snapshot, words, acts } = view;
  const isSingle = view.app.limits.max_files === 1;
  const areAllRefused = snapshot.items.length > 0 && acceptedItems(snapshot).length === 0;
  if (areAllRefused) {
    return html`
      <div class="stack">
        <h3 class="sub-heading" tabindex="-1" data-focus>${words.allRefused}</h3>
        <p class="small muted">${hintText(view)}</p>
      </div>
      ${fileList(view)}
      <div class="foot end">
        <button type="button" class="button primary" @click=${() => acts.chooseOther()}>${words.chooseOther}</button>
      </div>
    `;
  }
  return html`
    ${isSingle ? nothing : addMore(view)} ${folderNote(view)} ${fileList(view)}
    ${snapshot.phase === 'signing-in' ? signingInNote(view) : html`${signInNote(view)} ${batchNote(view)} ${foot(view)}`}
  `;
}

function foot(view: View): TemplateResult | typeof nothing {
  const { snapshot, words, formats, flow, acts } = view;
  const accepted = acceptedItems(snapshot);
  const refused = itemsIn(snapshot, 'refused').length;
  const size = formats.size(sumOfSizes(accepted));
  if (batchButtons(view) === null) return nothing;
  return html`<div class="foot">
    <p class="small muted">
      ${refused === 0 ? words.chosen(accepted.length, size) : words.chosenSome(accepted.length, size, refused)}
      ${
        refused === 0
          ? nothing
          : html`<button type="button" class="link" @click=${() => flow.removeRefused()}>
              ${words.removeRefused(refused)}
            </button>`
      }
    </p>
    <div class="buttons">
      ${
        batchButtons(view) ??
        html`<button type="button" class="button primary" id="upload" @click=${() => acts.upload()}>
          ${refused === 0 ? words.upload(accepted.length) : words.uploadOther(accepted.length)}
        </button>`
      }
    </div>
  </div>`;
}

/** Buttons in the place of "Upload": undefined for the usual one, null where nothing can be sent at all. */
function batchButtons(view: View): TemplateResult | undefined | null {
  const { snapshot, words, acts } = view;
  const { limits } = view.app;
  const first = (count: number, label: string) => html`
    <button type="button" class="button primary" id="upload" @click=${() => acts.uploadFirst(count)}>${label}</button>
    <button type="button" class="button" @click=${() => acts.chooseOther()}>${words.chooseAgain}</button>
  `;
  switch (snapshot.batchProblem?.code) {
    case 'too_many':
      return first(limits.max_files, words.uploadFirst(limits.max_files));
    case 'person_full': {
      const fitting = countFitting(view, snapshot.batchProblem.figures?.rest ?? 0);
      return fitting > 0 ? first(fitting, words.uploadFitting(fitting)) : null;
    }
    case 'app_full':
      return null;
    default:
      return undefined;
  }
}

/** How many of the chosen files, from the first on, find room. */
function countFitting({ snapshot }: View, rest: number): number {
  let left = rest;
  const firstTooMany = acceptedItems(snapshot).findIndex((item) => {
    left -= item.size;
    return left < 0;
  });
  return firstTooMany === -1 ? acceptedItems(snapshot).length : firstTooMany;
}

/** What the batch as a whole breaks. */
export function batchText(view: View): string | null {
  const { snapshot, words, formats, app } = view;
  const accepted = acceptedItems(snapshot);
  const sum = sumOfSizes(accepted);
  const figures = snapshot.batchProblem?.figures;
  switch (snapshot.batchProblem?.code) {
    case undefined:
      return snapshot.problem ? problemText(view, snapshot.problem) : null;
    case 'too_many':
      return words.overCount(app.limits.max_files, accepted.length);
    case 'total_large': {
      const [size, limit] = formats.sizePair(sum, app.limits.max_total_bytes);
      return words.overTotal(size, limit, formats.size(Math.max(0, sum - app.limits.max_total_bytes)));
    }
    case 'person_full': {
      const [size, rest] = formats.sizePair(sum, figures?.rest ?? 0);
      return words.roomShort(size, rest);
    }
    default:
      return snapshot.batchProblem ? problemText(view, snapshot.batchProblem) : null;
  }
}

function batchNote(view: View): TemplateResult | typeof nothing {
  const { snapshot, words, app, acts, ui } = view;
  const { org } = app;
  const code = snapshot.batchProblem?.code;
  if (code === 'person_full' && countFitting(view, snapshot.batchProblem?.figures?.rest ?? 0) === 0) {
    return html`<div class="note warn">
      ${icon('alert')}
      <h3 class="sub-heading" tabindex="-1" data-focus>${words.personFullHeading}</h3>
      <p class="small">${words.personFullText(org.name)}</p>
      <div class="buttons">${contactLink(view, words.ask(org.name))}</div>
    </div>`;
  }
  if (code === 'app_full') {
    return html`<div class="note warn">
      ${icon('alert')}
      <h3 class="sub-heading" tabindex="-1" data-focus>${words.appFullHeading}</h3>
      <p class="small">${words.appFullText(org.name)}</p>
      <div class="buttons">
        <button type="button" class="button" @click=${() => acts.copyDetails()}>
          ${ui.copied === 'details' ? words.copied : words.copyDetails}
        </button>
        ${contactLink(view, words.contact(org.name))}
      </div>
    </div>`;
  }
  const text = snapshot.signInNote ? null : batchText(view);
  return text === null
    ? nothing
    : html`<div class="note warn" id="batch-note" tabindex="-1">${icon('alert')} <p>${text}</p></div>`;
}
