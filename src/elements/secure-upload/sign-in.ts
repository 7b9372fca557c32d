import { html, nothing, type TemplateResult } from 'lit';
import { SINGLE_PUT_BYTES } from '../../contract/plan.ts';
import { isActive } from '../../flow/upload-phases.ts';
import { contactHref } from '../contact-href.ts';
import { icon } from '../icons.ts';
import { problemText } from './problem-text.ts';
import { itemsIn, providerName, type View } from './view.ts';

/** The window is open; everything chosen stays in sight. */
export function signingInNote({ words, flow, isTouch }: View): TemplateResult {
  return html`<div part="note" class="note">
    ${icon('clock')}
    <p tabindex="-1" data-focus>${isTouch ? words.finishSignInTouch : words.finishSignIn}</p>
    <div class="buttons">
      <button type="button" class="button" @click=${() => flow.showSignInWindow()}>${words.showWindow}</button>
      <button type="button" class="button quiet" @click=${() => flow.cancelSignIn()}>${words.cancel}</button>
    </div>
  </div>`;
}

/** Why the last sign-in did not come to an end. */
export function signInNote(view: View): TemplateResult | typeof nothing {
  const { snapshot, words, flow, app, acts, ui } = view;
  if (ui.isNoteClosed) return nothing;
  switch (snapshot.signInNote) {
    case null:
      return nothing;
    case 'popup-blocked':
      return note(
        words.blockedHeading,
        words.blockedText,
        html`<button type="button" part="primary" class="button primary" @click=${() => flow.signIn()}>${words.openSignIn}</button>
          ${ownPageLink(view)}`,
      );
    case 'not-finished':
      return note(
        null,
        snapshot.problem ? problemText(view, snapshot.problem) : words.signInNotFinished,
        html`<button type="button" part="primary" class="button primary" @click=${() => flow.signIn()}>${words.signIn}</button>
          <button type="button" class="button quiet" @click=${() => acts.closeNote()}>
            ${words.notNow}
          </button>`,
      );
    case 'refused':
      return note(null, problemText(view, snapshot.problem ?? { code: 'sign_in_refused' }), accountButtons(view));
    case 'wrong-account':
      return note(
        words.wrongAccountHeading,
        words.wrongAccountText(snapshot.person?.name ?? '', app.org.name),
        accountButtons(view),
      );
  }
}

/** A frame may forbid windows for good; its address stands there to be copied, because the link opens one too. */
function ownPageLink({ isFramed, uploadPage, words }: View): TemplateResult | typeof nothing {
  if (!isFramed || uploadPage === null) return nothing;
  return html`<a class="button quiet" href=${uploadPage} target="_blank" rel="noopener">
      ${words.openOwnPage}<span class="hidden-text"> (${words.opensNewPage})</span>
    </a>
    <p class="small muted"><bdi dir="ltr">${uploadPage}</bdi></p>`;
}

function accountButtons(view: View): TemplateResult {
  return html`
    <button type="button" part="primary" class="button primary" @click=${() => view.acts.useAnotherAccount()}>
      ${view.words.useAnotherAccount}
    </button>
    ${contactLink(view, view.words.ask(view.app.org.name))}
  `;
}

/** The session ended on the way; what is stored is stored, the rest waits. */
export function signInAgain(view: View): TemplateResult {
  const { snapshot, words, flow } = view;
  const done = itemsIn(snapshot, 'uploaded').length;
  const all = snapshot.items.filter((item) => item.phase !== 'refused').length;
  return note(
    words.signInAgainHeading,
    isKept(view) ? words.signInAgainText(done, all) : `${words.signInAgainText(done, all)} ${words.restNotKept}`,
    html`<button type="button" part="primary" class="button primary" @click=${() => flow.signIn()}>
        ${words.signInWith(providerName(view))}
      </button>
      <button type="button" class="button quiet" @click=${() => flow.finishLater()}>${words.finishLater}</button>`,
  );
}

/** Whether anything of what is on its way can be gone on with on another day: large files, where the browser keeps records. */
function isKept({ snapshot }: View): boolean {
  if (snapshot.unfinished.isKeptNowhere) return false;
  return snapshot.items.some(({ phase, size }) => size > SINGLE_PUT_BYTES && isActive(phase));
}

export function contactLink({ app, words }: View, label: string): TemplateResult | typeof nothing {
  const href = contactHref(app.org.contact);
  if (href === null) return nothing;
  const isPage = href.startsWith('https:');
  return html`<a class="button quiet" href=${href} target=${isPage ? '_blank' : nothing} rel="noopener">
    ${label}${isPage ? html`<span class="hidden-text"> (${words.opensNewPage})</span>` : nothing}
  </a>`;
}

function note(heading: string | null, text: string, buttons: TemplateResult): TemplateResult {
  return html`<div part="note" class="note warn">
    ${icon('alert')} ${heading ? html`<h3 class="sub-heading" tabindex="-1" data-focus>${heading}</h3>` : nothing}
    <p class=${heading ? 'small' : ''} tabindex="-1" ?data-focus=${heading === null}>${text}</p>
    <div class="buttons">${buttons}</div>
  </div>`;
}
