import { html, nothing, type TemplateResult } from 'lit';
import { pickWords } from '../../i18n/messages.ts';
import { firstIcon } from '../first-icons.ts';
import { familyList, providerName, signsInFirst } from './app-facts.ts';
import type { FirstView } from './view.ts';

/** Nothing chosen yet: who gets the files comes before the first button. */
export function chooseView(view: FirstView): TemplateResult {
  const { snapshot, words, acts, late } = view;
  const signIn =
    snapshot.person === null && snapshot.phase === 'choosing' && !signsInFirst(view)
      ? html`<p class="small muted">
          ${words.willSignIn(providerName(view), view.app.guests)}
          ${
            // The note above has the button already.
            snapshot.unfinished.count > 0 || late?.leadsOn()
              ? nothing
              : html`<button type="button" class="link" @click=${() => acts.signIn()}>${words.signInNow}</button>`
          }
        </p>`
      : nothing;
  return html`<slot name="instructions"></slot> ${promise(view)} ${late?.notes() ?? nothing} ${zone(view)} ${late?.below()} ${signIn}`;
}

/** `Goes to Acme Support. Kept for 90 days in the European Union.` */
function promise({ app, words, formats, lang, ui, acts, late }: FirstView): TemplateResult {
  return html`<div class="stack" @keydown=${late?.keyAtAbout}>
    <p part="promise" class="line small muted">
      ${firstIcon('shield')}
      <span>
        ${words.promise(app.org.name, formats.days(app.retention_days), pickWords(app.region.label, lang))}
        <button
          type="button"
          class="link opens"
          id="more"
          aria-expanded=${ui.isAboutOpen}
          @click=${() => acts.patch({ isAboutOpen: !ui.isAboutOpen })}
        >
${words.more}</button>
      </span>
    </p>
    ${ui.isAboutOpen ? (late?.about() ?? nothing) : nothing}
  </div>`;
}

function zone(view: FirstView): TemplateResult {
  const { words, isTouch } = view;
  const isSignIn = signsInFirst(view);
  const isWindowOpen = view.snapshot.phase === 'signing-in';
  const isSingle = view.app.limits.max_files === 1;
  const pick = (event: Event) => {
    // A press beside the button counts too; one on a button has its own meaning.
    if (event.target instanceof Element && event.target.closest('button') === null) view.acts.pick('files');
  };
  return html`<div part="zone" class="zone ${isTouch ? 'plain' : ''}" @click=${isTouch || isSignIn ? nothing : pick}>
    ${
      isTouch || isSignIn
        ? nothing
        : html`<span class="when-wide">${firstIcon('upload', 32)}</span>
            <slot name="empty"><p>${isSingle ? words.dropFile : words.dropFiles}</p></slot>`
    }
    ${isSignIn ? (isWindowOpen ? nothing : signInButtons(view)) : pickButtons(view)}
    <p part="hint" class="small muted" id="hint">${hintText(view)}</p>
  </div>`;
}

function pickButtons(view: FirstView): TemplateResult {
  const { words, acts, isTouch, app, late } = view;
  // There is never a second one on a screen.
  const rank = late?.leadsOn() ? '' : 'primary';
  return html`<div class="buttons">
    <button
      type="button"
      part=${rank || nothing} class="button ${rank}"
      id="choose"
      data-focus
      aria-describedby="hint"
      @click=${() => acts.pick('files')}
    >
      ${app.limits.max_files === 1 ? words.chooseFile : words.chooseFiles}
    </button>
    ${
      app.folders && !isTouch && app.limits.max_files > 1
        ? html`<button type="button" class="button" @click=${() => acts.pick('folder')}>${words.chooseFolder}</button>`
        : nothing
    }
    ${
      isTouch && photoTypes(view).length > 0
        ? html`<button type="button" class="button" @click=${() => acts.pick('photo')}>
            ${firstIcon('camera')} ${words.takePhoto}
          </button>`
        : nothing
    }
  </div>`;
}

function signInButtons(view: FirstView): TemplateResult {
  const { words, acts, late } = view;
  return html`<div class="buttons">
    ${
      late?.leadsOn()
        ? nothing
        : html`<button type="button" part="primary" class="button primary" id="choose" @click=${() => acts.signIn()}>
            ${words.signInWith(providerName(view))}
          </button>`
    }
    ${view.leavesToSignIn ? nothing : html`<button type="button" class="button" @click=${() => acts.chooseFirst()}>${words.chooseFilesFirst}</button>`}
  </div>`;
}

/** `Photos and images, up to 15 MB each, 20 at a time` */
export function hintText(view: FirstView): string {
  const { words, formats } = view;
  const { max_file_bytes: most, max_files: count } = view.app.limits;
  const families = familyList(view, 'and');
  // Not by the locale, which would load all of `Intl`: none of our languages has a rule of its own for capitals.
  const first = families.slice(0, 1).toUpperCase() + families.slice(1);
  return count === 1
    ? words.hintOne(first, formats.size(most))
    : words.hint(first, formats.size(most), formats.number(count));
}

/**
 * Concrete types and never `image/*`: iPhones then hand over JPEG where only JPEG is listed, and the judge stays what
 * the bytes say. Endings beside the types are for kinds of file that browsers have no type for.
 */
export function acceptList({ app }: Pick<FirstView, 'app'>): string {
  const accepted = app.limits.accepts.flatMap((family) => [
    ...family.types,
    ...(family.types.every((type) => /^(image|video|audio)\//.test(type))
      ? []
      : family.extensions.map((end) => `.${end}`)),
  ]);
  return [...new Set(accepted)].join(',');
}

/** What a camera can make: the pictures of the list. */
export function photoTypes({ app }: Pick<FirstView, 'app'>): string[] {
  const photos = app.limits.accepts.filter((family) => family.name === 'photos');
  return photos.flatMap((family) => family.types).filter((type) => type.startsWith('image/'));
}
