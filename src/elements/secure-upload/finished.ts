import { html, nothing, type TemplateResult } from 'lit';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { pickWords } from '../../i18n/messages.ts';
import { formatReference } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { agreeView } from './agree.ts';
import { agreedLabels } from './agreed.ts';
import { fingerprints } from './fingerprints.ts';
import { itemsIn } from './items.ts';
import { maySendLinks } from './links-sent.ts';
import { problemText } from './problem-text.ts';
import { lacksRoom, roomNote } from './room.ts';
import { roomLow } from './room-low.ts';
import { fileList } from './rows.ts';
import { addMore } from './take-in.ts';
import type { View } from './view.ts';

/** All in. In a form the form's own button is what comes next, so there is no panel and no reference. */
export function doneView(view: View): TemplateResult {
  const { snapshot, words, app } = view;
  const done = itemsIn(snapshot, 'uploaded');
  if (view.isInForm) {
    return html`
      ${app.limits.max_files > 1 ? addMore(view) : nothing} ${fileList(view)}
      <p class="status ok" tabindex="-1" data-focus>${icon('check', 16)} <span>${words.doneInForm(done.length)}</span></p>
    `;
  }
  // What was refused before "Upload" has nothing to do with what is in.
  const open = done.filter(({ stored }) => stored?.check === 'open').length;
  const list = fileList({ ...view, snapshot: { ...snapshot, items: done } });
  return html`
    <div part="note" class="note ${view.ui.isSendingLink ? 'past' : ''} ok">
      ${icon('check')}
      <h2 part="heading" class="sub-heading" id="heading" tabindex="-1" data-focus>${words.doneHeading(done.length)}</h2>
      <p class="small">
        ${words.doneText(app.org.name, done.length)} ${open > 0 ? words.stillChecked(open) : nothing}
      </p>
    </div>
    ${reference(view)} ${list} ${roomLow(view)} ${doneButtons(view)} ${details(view, done)} ${linkPanel(view, done)}
  `;
}

function reference({ snapshot, words, acts, ui }: View): TemplateResult | typeof nothing {
  if (!snapshot.reference) return nothing;
  return html`<div>
    <p class="small muted">${words.yourReference}</p>
    <p part="reference" class="reference-line">
      <bdi class="reference" dir="ltr">${formatReference(snapshot.reference)}</bdi>
      <button type="button" class="button quiet" @click=${() => acts.copyReference()}>
        ${icon('copy')} ${ui.copied === 'reference' ? words.copied : words.copy}
      </button>
    </p>
  </div>`;
}

function doneButtons(view: View): TemplateResult {
  const { words, acts, app, ui } = view;
  const rank = ui.isSendingLink ? '' : 'primary';
  return html`<div class="buttons">
    <button type="button" part=${rank || nothing} class="button ${rank}" @click=${() => acts.saveReceipt()}>${icon('receipt')} ${words.saveReceipt}</button>
    ${
      maySendLinks(view)
        ? html`<button type="button" class="button" id="send-to-someone" aria-expanded=${ui.isSendingLink} @click=${() => acts.sendToSomeone()}>
            ${icon('link')} ${words.sendToSomeone}
          </button>`
        : nothing
    }
    <button type="button" class="button quiet" @click=${() => acts.uploadMore()}>
      ${app.limits.max_files === 1 ? words.uploadOneMore : words.uploadMore}
    </button>
  </div>`;
}

function details(view: View, done: readonly ItemSnapshot[]): TemplateResult {
  const { words, formats, acts, app, lang } = view;
  const region = pickWords(app.region.label, lang);
  const until = done[0]?.stored?.delete_at;
  return html`<details class="more">
    <summary class="link opens small">${words.details}</summary>
    <div class="stack small">
      ${until ? html`<p>${words.receiptKept(formats.date(until), region)}</p>` : nothing}
      ${agreedLabels(view).map((label) => html`<p>${words.agreedTo(label)}</p>`)}
      ${fingerprints(view, done)}
      <button type="button" class="link" @click=${() => acts.saveTechnicalCopy()}>${words.technicalCopy}</button>
    </div>
  </details>`;
}

/** Its words and its form are loaded when somebody asks for them. */
function linkPanel({ ui, app, links, acts }: View, done: readonly ItemSnapshot[]): TemplateResult | typeof nothing {
  if (!ui.isSendingLink) return nothing;
  // What nobody can open is sent to nobody.
  const files = done.flatMap(({ stored }) => (stored && !/held|stopped/.test(stored.check ?? '') ? [stored] : []));
  return html`<send-link
    .links=${links} .files=${files} .app=${app} .kept=${ui.linkDraft} .signIn=${acts.signInForLink}
    @close=${() => acts.closeLinkSender()}
  ></send-link>`;
}

/** Some are in, some are not. */
export function partDoneView(view: View): TemplateResult {
  const { snapshot, words, flow } = view;
  const done = itemsIn(snapshot, 'uploaded').length;
  const left = itemsIn(snapshot, 'not-done').length;
  const leaveOut = html`<button type="button" class="button" @click=${() => flow.leaveOut()}>${words.leaveOut(left)}</button>`;
  if (lacksRoom(view)) return html`${roomNote(view)} ${fileList(view)} <div class="buttons">${leaveOut}</div>`;
  return html`
    <div part="note" class="note warn">
      ${icon('alert')}
      <h2 part="heading" class="sub-heading" id="heading" tabindex="-1" data-focus>${words.partHeading(done, done + left)}</h2>
      <p class="small">${words.partText(left)}</p>
    </div>
    ${fileList(view)} ${agreeView(view)}
    <div class="buttons">
      <button type="button" part="primary" class="button primary" @click=${() => flow.retry()}>${words.tryThose(left)}</button>
      ${leaveOut}
    </div>
  `;
}

/** None is in. */
export function notDoneView(view: View): TemplateResult {
  const { snapshot, words, flow, acts, ui } = view;
  const left = itemsIn(snapshot, 'not-done').length;
  if (lacksRoom(view)) return html`${roomNote(view)} ${fileList(view)}`;
  return html`
    <div part="note" class="note bad">
      ${icon('alert')}
      <h2 part="heading" class="sub-heading" id="heading" tabindex="-1" data-focus>${words.notDoneHeading(left)}</h2>
      <p class="small">${words.notDoneText(left)}</p>
      ${snapshot.problem ? html`<p class="small">${problemText(view, snapshot.problem)}</p>` : nothing}
    </div>
    ${fileList(view)} ${agreeView(view)}
    <div class="buttons">
      <button type="button" part="primary" class="button primary" @click=${() => flow.retry()}>${words.tryAgain}</button>
      <button type="button" class="button" @click=${() => acts.copyDetails()}>
        ${ui.copied === 'details' ? words.copied : words.copyDetails}
      </button>
    </div>
  `;
}
