import { html, nothing, type TemplateResult } from 'lit';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { pickWords } from '../../i18n/messages.ts';
import { formatReference } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { agreeView } from './agree.ts';
import { agreedLabels } from './agreed.ts';
import { asideButton, asideNote } from './aside.ts';
import { fingerprints } from './fingerprints.ts';
import { endSaysSo } from './form-note.ts';
import { checkedItems, itemsIn, wasNotAgreed } from './items.ts';
import { linksLost, maySendLinks } from './links-sent.ts';
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
      ${snapshot.aside > 0 ? html`<p class="small">${words.yetOnDevice(snapshot.aside)}</p>` : nothing} ${asideButton(view, '')}
    `;
  }
  // What was refused before "Upload" has nothing to do with what is in.
  const open = done.filter(({ stored }) => stored?.check === 'open').length;
  const { fine, held, stopped } = checkedItems(done);
  const isFine = fine.length === done.length;
  const { aside } = snapshot;
  const good = fine.length || done.length;
  const [look, sign] = !isFine
    ? (['warn', 'alert'] as const)
    : aside > 0
      ? (['', 'clock'] as const)
      : (['ok', 'check'] as const);
  const list = fileList({ ...view, snapshot: { ...snapshot, items: done } });
  return html`
    <div part="note" class="note ${view.ui.isSendingLink ? 'past' : ''} ${look}">
      ${icon(sign)}
      <h2 part="heading" class="sub-heading" id="heading" tabindex="-1" data-focus>
        ${aside > 0 ? words.partHeading(good, done.length + aside) : words.doneHeading(good)}
      </h2>
      <p class="small">
        ${aside > 0 ? words.yetOnDevice(aside) : fine.length > 0 ? words.doneText(app.org.name, fine.length) : nothing}
        ${open > 0 ? words.stillChecked(open) : nothing} ${notOpenText(words, held.length, stopped.length)}
      </p>
    </div>
    ${reference(view)} ${list} ${roomLow(view)} ${doneButtons(view, maySendLinks(view) && stopped.length === 0)} ${linksLost(view)} ${details(view, done)} ${linkPanel(view, done)}
  `;
}

/** What the virus check found, beside those that are in. */
export function notOpenText({ someHeld, someStopped }: View['words'], held: number, stopped: number): string {
  return [held > 0 ? someHeld(held) : '', stopped > 0 ? someStopped(stopped) : ''].filter(Boolean).join(' ');
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

function doneButtons(view: View, maySend: boolean): TemplateResult {
  const { words, acts, app, ui, snapshot } = view;
  const lead = ui.isSendingLink ? '' : 'primary';
  const rank = snapshot.aside > 0 ? '' : lead;
  return html`<div class="buttons">
    ${asideButton(view, lead)}
    <button type="button" part=${rank || nothing} class="button ${rank}" @click=${() => acts.saveReceipt()}>${icon('receipt')} ${words.saveReceipt}</button>
    ${
      // The form for it says the same in its heading, and its end offers another one.
      maySend && !ui.isSendingLink
        ? html`<button type="button" class="button" id="send-to-someone" @click=${() => acts.sendToSomeone()}>
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
  const files = checkedItems(done).fine.flatMap(({ stored }) => stored ?? []);
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
      <p class="small">${words.partText(left)} ${formText(view)}</p>
    </div>
    ${fileList(view)} ${asideNote(view)} ${agreeView(view)}
    <div class="buttons">
      <button type="button" part="primary" class="button primary" @click=${() => flow.retry()}>${words.tryThose(left)}</button>
      ${leaveOut}
    </div>
  `;
}

function formText(view: View): string | typeof nothing {
  return endSaysSo(view) ? view.words.formNotSentEither : nothing;
}

/** Said aloud, too. */
export function notDoneHeading(view: View): string {
  if (wasNotAgreed(view.snapshot)) return problemText(view, { code: 'consent_needed' });
  return view.words.notDoneHeading(itemsIn(view.snapshot, 'not-done').length);
}

/** None is in. */
export function notDoneView(view: View): TemplateResult {
  const { snapshot, words, flow, acts, ui } = view;
  const left = itemsIn(snapshot, 'not-done').length;
  if (lacksRoom(view)) return html`${roomNote(view)} ${fileList(view)}`;
  const isMended = wasNotAgreed(snapshot);
  return html`
    <div part="note" class="note ${isMended ? 'warn' : 'bad'}">
      ${icon('alert')}
      <h2 part="heading" class="sub-heading" id="heading" tabindex="-1" data-focus>${notDoneHeading(view)}</h2>
      <p class="small">${words.notDoneText(left)} ${formText(view)}</p>
      ${snapshot.problem ? html`<p class="small">${problemText(view, snapshot.problem)}</p>` : nothing}
    </div>
    ${fileList(view)} ${asideNote(view)} ${agreeView(view)}
    <div class="buttons">
      <button type="button" part="primary" class="button primary" @click=${() => flow.retry()}>
        ${isMended ? words.upload(left) : words.tryAgain}
      </button>
      ${
        isMended
          ? nothing
          : html`<button type="button" class="button" @click=${() => acts.copyDetails()}>
              ${ui.copied === 'details' ? words.copied : words.copyDetails}
            </button>`
      }
    </div>
  `;
}
