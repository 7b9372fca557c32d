import { html, nothing, type TemplateResult } from 'lit';
import { SINGLE_PUT_BYTES } from '../../contract/single-put.ts';
import type { SignInCode } from '../../flow/ports.ts';
import { isActive } from '../../flow/upload-phases.ts';
import { contactHref } from '../contact-href.ts';
import { icon } from '../icons.ts';
import { providerName } from './app-facts.ts';
import { itemsIn } from './items.ts';
import { problemText } from './problem-text.ts';
import type { View } from './view.ts';

/** A sign-in is open; everything chosen stays in sight. */
export function signingInNote(view: View): TemplateResult {
  const { snapshot, words, flow, isTouch } = view;
  const { way, isCutOff, code } = snapshot.signIn ?? {};
  if (way === 'code') return codeNote(view, code ?? null);
  if (way === 'page') return waitingNote(view, words.leavingText);
  if (way === 'back') return waitingNote(view, words.comingBackText);
  if (isCutOff) return view.isInApp ? inAppNote(view, cancelButton(view)) : cutOffNote(view);
  return html`<div part="note" class="note">
    ${icon('clock')}
    <p tabindex="-1" data-focus>${isTouch ? words.finishSignInTouch : words.finishSignIn}</p>
    <div class="buttons">
      <button type="button" class="button" @click=${() => flow.showSignInWindow()}>${words.showWindow}</button>
      ${cancelButton(view)}
    </div>
  </div>`;
}

/** Whether a note about the sign-in has the filled button of the screen, or the page is about to leave and none is next. */
export function noteLeadsOn({ snapshot, ui }: View): boolean {
  if (snapshot.phase === 'signing-in') {
    const { isCutOff = false, way } = snapshot.signIn ?? {};
    return isCutOff || way === 'page' || way === 'back';
  }
  return snapshot.signInNote !== null && !ui.isNoteClosed;
}

/** Why the last sign-in did not come to an end. */
export function signInNote(view: View): TemplateResult | typeof nothing {
  const { snapshot, words, flow, app, acts, ui, isFramed } = view;
  if (ui.isNoteClosed) return nothing;
  switch (snapshot.signInNote) {
    case null:
      return nothing;
    case 'popup-blocked':
      if (view.isInApp) return inAppNote(view);
      return note(
        words.blockedHeading,
        words.blockedText(snapshot.items.length > 0),
        html`<a
            part="primary" class="button primary"
            href=${snapshot.signInLink ?? nothing}
            target="_blank"
            rel="opener"
            @click=${() => flow.signIn('link')}
          >${words.openSignIn}<span class="hidden-text"> (${words.opensNewPage})</span></a>
          ${codeButton(view)} ${ownPageLink(view)}`,
      );
    case 'not-finished':
      return note(
        null,
        snapshot.problem ? problemText(view, snapshot.problem) : words.signInNotFinished,
        html`<button type="button" part="primary" class="button primary" @click=${() => flow.signIn()}>${words.signIn}</button>
          <button type="button" class="button quiet" @click=${() => acts.closeNote()}>
            ${words.notNow}
          </button>
          ${isFramed ? codeButton(view) : nothing} ${ownPageLink(view)}`,
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

/** Nothing was heard of the window: a policy of this page may cut them off from each other. */
function cutOffNote(view: View): TemplateResult {
  const { words, flow, snapshot, isFramed } = view;
  const away = snapshot.items.length > 0 ? `${words.cutOffText} ${words.cutOffChooseAgain}` : words.cutOffText;
  if (isFramed) {
    // What keeps the chosen files leads on.
    const byCode = codeButton(view, 'primary');
    return note(
      words.cutOffHeading,
      words.cutOffFramed,
      html`${byCode} ${ownPageLink(view, byCode === nothing ? 'primary' : 'quiet', cancelButton(view))}`,
    );
  }
  return note(
    words.cutOffHeading,
    away,
    html`<button type="button" part="primary" class="button primary" @click=${() => flow.signIn('page')}>
        ${words.signInHere}
      </button>
      ${codeButton(view)} ${cancelButton(view)}`,
  );
}

/** Within another app there is one way that works, and the person has to find it there. */
function inAppNote(view: View, more: TemplateResult | typeof nothing = nothing): TemplateResult {
  const { words, acts, ui } = view;
  return note(
    words.inAppHeading,
    words.inAppText,
    html`<button type="button" part="primary" class="button primary" @click=${() => acts.copyAddress(null)}>
        ${ui.copied === 'address' ? words.copied : words.copyPageAddress}
      </button>
      ${more}`,
  );
}

/** What the person types on another page; this one carries on by itself. */
function codeNote(view: View, shown: SignInCode | null): TemplateResult {
  const { words, formats, acts, ui } = view;
  if (!shown) return waitingNote(view, words.codeComing);
  return html`<div part="note" class="note">
    ${icon('clock')}
    <h3 class="sub-heading" tabindex="-1" data-focus>${words.codeHeading}</h3>
    <ol class="steps">
      <li>${words.codeOpen} <strong><bdi dir="ltr">${shortAddress(shown.address)
        .split('/')
        .map((part, i) => (i === 0 ? part : html`/<wbr>${part}`))}</bdi></strong></li>
      <li>${words.codeEnter} <strong class="user-code"><bdi dir="ltr">${shown.code}</bdi></strong></li>
    </ol>
    <p class="small">${words.codeText(formats.time(new Date(shown.until)))}</p>
    <div class="buttons">
      <button type="button" class="button" @click=${() => acts.copyAddress(shown.address)}>
        ${icon('copy')} ${ui.copied === 'address' ? words.copied : words.copyAddress}
      </button>
      ${cancelButton(view)}
    </div>
  </div>`;
}

/** As a person types it: browsers put the scheme before it. */
export function shortAddress(address: string): string {
  return address.replace(/^https:\/\//, '');
}

function waitingNote(view: View, text: string): TemplateResult {
  return html`<div part="note" class="note">
    ${icon('clock')}
    <p tabindex="-1" data-focus>${text}</p>
    <div class="buttons">${cancelButton(view)}</div>
  </div>`;
}

function cancelButton({ words, flow }: View): TemplateResult {
  return html`<button type="button" class="button quiet" @click=${() => flow.cancelSignIn()}>${words.cancel}</button>`;
}

type Rank = 'primary' | 'quiet';

/** Only where the owner allows it. */
function codeButton({ app, words, flow }: View, rank: Rank = 'quiet'): TemplateResult | typeof nothing {
  if (app.sign_in_codes !== true) return nothing;
  return html`<button type="button" part=${partOf(rank)} class="button ${rank}" @click=${() => flow.signIn('code')}>${words.useCode}</button>`;
}

/** A frame may forbid windows for good; its address stands there to be copied, because the link opens one too. */
function ownPageLink(
  { isFramed, uploadPage, words }: View,
  rank: Rank = 'quiet',
  besides: TemplateResult | typeof nothing = nothing,
): TemplateResult | typeof nothing {
  if (!isFramed || uploadPage === null) return besides;
  return html`<a part=${partOf(rank)} class="button ${rank}" href=${uploadPage} target="_blank" rel="noopener">
      ${words.openOwnPage}<span class="hidden-text"> (${words.opensNewPage})</span>
    </a>
    ${besides}
    <p class="small muted"><bdi dir="ltr">${uploadPage}</bdi></p>`;
}

const partOf = (rank: Rank) => (rank === 'primary' ? rank : nothing);

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
  const later = html`<button type="button" class="button quiet" @click=${() => flow.finishLater()}>${words.finishLater}</button>`;
  if (snapshot.problem?.code === 'stronger_sign_in') {
    return note(
      null,
      problemText(view, snapshot.problem),
      html`<button type="button" part="primary" class="button primary" @click=${() => flow.signIn()}>${words.goOn}</button> ${later}`,
    );
  }
  const done = itemsIn(snapshot, 'uploaded').length;
  const all = snapshot.items.filter((item) => item.phase !== 'refused').length;
  return note(
    words.signInAgainHeading,
    isKept(view) ? words.signInAgainText(done, all) : `${words.signInAgainText(done, all)} ${words.restNotKept}`,
    html`<button type="button" part="primary" class="button primary" @click=${() => flow.signIn()}>
        ${words.signInWith(providerName(view))}
      </button>
      ${later}`,
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
