import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { fittingItems, lackingItems, sumOfSizes } from './items.ts';
import { contactLink } from './sign-in.ts';
import type { View } from './view.ts';

/** What room is missing: the person's own, which they can do something about, or the organisation's. */
export function lacksRoom({ snapshot }: View): boolean {
  return snapshot.batchProblem?.code === 'person_full' || snapshot.batchProblem?.code === 'app_full';
}

/** Says so, with the one thing that helps. */
export function roomNote(view: View): TemplateResult {
  const { snapshot, words, app, acts, ui } = view;
  const { org } = app;
  const note = (heading: string | null, text: string, buttons: unknown) => html`<div part="note" class="note warn">
    ${icon('alert')}
    ${heading ? html`<h2 part="heading" class="sub-heading" id="heading" tabindex="-1" data-focus>${heading}</h2>` : nothing}
    <p class=${heading ? 'small' : ''} tabindex="-1" ?data-focus=${heading === null}>${text}</p>
    <div class="buttons">${buttons}</div>
  </div>`;

  if (snapshot.batchProblem?.code === 'app_full') {
    return note(
      words.appFullHeading,
      words.appFullText(org.name),
      html`<button type="button" class="button" @click=${() => acts.copyDetails()}>
          ${ui.copied === 'details' ? words.copied : words.copyDetails}
        </button>
        ${contactLink(view, words.contact(org.name))}`,
    );
  }
  const rest = snapshot.batchProblem?.figures?.rest ?? 0;
  const fitting = fittingItems(snapshot).length;
  if (fitting === 0) {
    return note(
      rest === 0 ? words.personFullHeading : shortText(view),
      words.personFullText(org.name),
      html`<button type="button" class="button" @click=${() => view.flow.retry()}>${words.tryAgain}</button>
        ${contactLink(view, words.ask(org.name))}`,
    );
  }
  return note(
    null,
    shortText(view),
    html`<button type="button" part="primary" class="button primary" @click=${() => acts.uploadFitting(fitting)}>
      ${words.uploadFitting(fitting)}
      </button>
      <button type="button" class="button" @click=${toTheList}>${words.chooseLeaveOut}</button>`,
  );
}

/** How much the files need, and how much there is. */
export function shortText({ snapshot, words, formats }: View): string {
  const need = sumOfSizes(lackingItems(snapshot));
  const [size, room] = formats.sizePair(need, snapshot.batchProblem?.figures?.rest ?? 0);
  return words.roomShort(size, room);
}

/** Taking rows out is how: the first of them is where it begins. */
export function toTheList({ currentTarget }: Event): void {
  if (currentTarget instanceof Element) {
    currentTarget.closest('.card')?.querySelector<HTMLElement>('.row .remove')?.focus();
  }
}
