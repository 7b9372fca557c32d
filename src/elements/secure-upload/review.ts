import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { agreeView } from './agree.ts';
import { asideNote } from './aside.ts';
import { hintText } from './choose.ts';
import { formFault } from './form-note.ts';
import { acceptedItems, fittingItems, itemsIn, sumOfSizes } from './items.ts';
import { problemText } from './problem-text.ts';
import { shortText, toTheList } from './room.ts';
import { roomLow } from './room-low.ts';
import { fileList } from './rows.ts';
import { noteLeadsOn, signInNote, signingInNote } from './sign-in.ts';
import { addMore, folderNote } from './take-in.ts';
import { unfinishedView } from './unfinished.ts';
import type { View } from './view.ts';

/** Files are chosen; nothing is sent before "Upload". */
export function reviewView(view: View): TemplateResult {
  const { snapshot, words, acts } = view;
  const isSingle = view.app.limits.max_files === 1;
  const areAllRefused = snapshot.items.length > 0 && acceptedItems(snapshot).length === 0;
  if (areAllRefused) {
    return html`
      <div class="stack">
        <h3 class="sub-heading">${words.allRefused}</h3>
        <p class="small muted">${hintText(view)}</p>
      </div>
      ${fileList(view)}
      <div part="foot" class="foot end">
        <button type="button" part="primary" class="button primary" @click=${() => acts.chooseOther()}>${words.chooseOther}</button>
      </div>
    `;
  }
  return html`
    ${unfinishedView(view)} ${isSingle ? nothing : addMore(view)} ${folderNote(view)} ${fileList(view)}
    ${snapshot.phase === 'signing-in' ? signingInNote(view) : html`${signInNote(view)} ${agreeView(view)} ${foot(view)}`}
  `;
}

function foot(view: View): TemplateResult {
  const { snapshot, words, formats, acts } = view;
  const accepted = acceptedItems(snapshot);
  const refused = itemsIn(snapshot, 'refused').length;
  const size = formats.size(sumOfSizes(accepted));
  const most = view.app.limits.max_files;
  // What is too much in sum is not uploaded by a press.
  const tooMuch = snapshot.batchProblem?.code;
  const isNext = !noteLeadsOn(view) && tooMuch !== 'total_large' && tooMuch !== 'person_full';
  const rank = isNext ? 'primary' : '';
  const upload = html`<button type="button" part=${rank || nothing} class="button ${rank}" id="upload" aria-describedby=${view.formFault ? 'form-fault' : nothing} @click=${() => acts.upload()}>
    ${refused === 0 ? words.upload(accepted.length) : words.uploadOther(accepted.length)}
  </button>`;
  const uploadFirst = html`<button type="button" part=${rank || nothing} class="button ${rank}" id="upload" @click=${() => acts.uploadFirst(most)}>
      ${words.uploadFirst(most)}
    </button>
    <button type="button" class="button" @click=${() => acts.chooseOther()}>
      ${words.chooseAgain}
    </button>`;
  const fitting = tooMuch === 'person_full' ? fittingItems(snapshot).length : 0;
  const uploadFitting = html`<button type="button" part="primary" class="button primary" id="upload" @click=${() => acts.uploadFirst(fitting)}>
      ${words.uploadFitting(fitting)}
    </button>
    <button type="button" class="button" @click=${toTheList}>${words.chooseLeaveOut}</button>`;
  return html`<div part="foot" class="foot">
    ${batchNote(view)} ${tooMuch === 'person_full' ? nothing : roomLow(view)} ${formFault(view)}
    ${asideNote(view)}
    <p class="small muted">
      ${refused === 0 ? words.chosen(accepted.length, size) : words.chosenSome(accepted.length, size, refused)}
      ${
        refused === 0
          ? nothing
          : html`<button type="button" class="link" @click=${() => acts.removeRefused()}>
              ${words.removeRefused(refused)}
            </button>`
      }
    </p>
    <div class="buttons">${tooMuch === 'too_many' ? uploadFirst : fitting > 0 ? uploadFitting : upload}</div>
  </div>`;
}

/** What the batch as a whole breaks. The figures are those of this moment, so they fall while files are taken out. */
export function batchText(view: View): string | null {
  const { snapshot, words, formats, app } = view;
  const { max_files: mostFiles, max_total_bytes: mostBytes } = app.limits;
  const accepted = acceptedItems(snapshot);
  switch (snapshot.batchProblem?.code) {
    case undefined:
      return snapshot.problem ? problemText(view, snapshot.problem) : null;
    case 'too_many':
      return words.overCount(mostFiles, accepted.length);
    case 'total_large': {
      const sum = sumOfSizes(accepted);
      const [size, limit] = formats.sizePair(sum, mostBytes);
      return words.overTotal(size, limit, formats.size(Math.max(1, sum - mostBytes)));
    }
    case 'person_full':
      return accepted.length > 0 ? shortText(view) : problemText(view, snapshot.batchProblem);
    default:
      return snapshot.batchProblem ? problemText(view, snapshot.batchProblem) : null;
  }
}

function batchNote(view: View): TemplateResult | typeof nothing {
  const text = view.snapshot.signInNote ? null : batchText(view);
  return text === null
    ? nothing
    : html`<div part="note" class="note warn" id="batch-note" tabindex="-1">${icon('alert')} <p>${text}</p></div>`;
}
