import { html, nothing, type TemplateResult } from 'lit';
import { firstIcon } from '../first-icons.ts';
import { icon } from '../icons.ts';
import { photoTypes } from './choose.ts';
import type { View } from './view.ts';

/** More ways in, once the box is in use: whoever photographs a letter has more than one page. */
export function addMore(view: View): TemplateResult {
  const { words, acts, isTouch } = view;
  const add = html`<button type="button" class="slim ${isTouch ? 'plain' : ''}" id="add-more" @click=${() => acts.pick('files')}>
    ${icon('plus')} ${words.addMore}
  </button>`;
  if (!isTouch || photoTypes(view).length === 0) return add;
  return html`<div class="buttons">
    ${add}
    <button type="button" class="slim plain" id="add-photo" @click=${() => acts.pick('photo')}>
      ${firstIcon('camera')} ${words.takePhoto}
    </button>
  </div>`;
}

/** About a folder that was dropped: that it is looked through, what was left out, or that the box takes none. */
export function folderNote({ ui, words }: View): TemplateResult | typeof nothing {
  const { walk } = ui;
  if (walk) {
    return html`<p class="small muted" id="walk">
      ${words.readingFolder(walk.found)}
      <button type="button" class="link" @click=${() => walk.stop()}>${words.stop}</button>
    </p>`;
  }
  if (ui.hadFolder) return html`<p class="problem">${icon('alert', 16)} <span>${words.noFolders}</span></p>`;
  return ui.hiddenSkipped > 0
    ? html`<p class="small muted" id="hidden-skipped">${words.hiddenSkipped(ui.hiddenSkipped)}</p>`
    : nothing;
}

/** Files are over the box: the whole box says what a drop would do, and keeps its height, so that the pointer stays over it. */
export function dragView({ ui, words }: View): TemplateResult {
  const refused = ui.drag?.refusedKinds ?? null;
  return html`<div part="zone" class="zone over ${refused ? 'warn' : ''}" aria-hidden="true">
    <div class="drop">
      ${refused ? icon('alert', 32) : firstIcon('upload', 32)}
      <p class="sub-heading">${refused ? words.notAcceptedHere(refused) : words.dropToAdd(ui.drag?.count ?? 0)}</p>
    </div>
  </div>`;
}
