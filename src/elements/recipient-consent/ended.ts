import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { askForLink, receiptButtons, withdrawButton } from './after.ts';
import { contactOrg } from './contact.ts';
import { proofs } from './opening.ts';
import { problemLine } from './problem-text.ts';
import { busyButton, type CoverView, dateOf, heading, type View } from './view.ts';

/** After an answer, and where a link does not work. Each says when, and what can be done; none names a file. */
export function endedScreen(view: View): TemplateResult {
  const { snapshot, words, formats, acts } = view;
  const { cover } = snapshot;
  const covered: CoverView | null = cover ? { ...view, cover } : null;
  const sender = isolate(cover?.sender.name ?? '');
  const since = cover?.state_since ?? snapshot.problem?.figures?.until;
  const on = since === undefined ? '' : formats.date(since);
  switch (snapshot.phase) {
    case 'locked':
      return html`${heading(words.locked.heading)}
        <p>${words.locked.text(snapshot.waitUntil ? formats.time(snapshot.waitUntil) : '')}</p>
        ${covered ? askForLink(covered) : nothing}`;
    case 'busy':
      return html`${heading(words.ended.busyHeading)}
        <p>${words.ended.busy(snapshot.waitUntil ? formats.time(snapshot.waitUntil) : '')}</p>`;
    case 'expired': {
      const until = since ?? cover?.expires_at;
      return html`${heading(words.ended.expired)}
        ${until ? html`<p>${words.ended.expiredText(formats.date(until))}</p>` : nothing} ${nextSteps(covered)}`;
    }
    case 'used':
      return html`${heading(words.ended.used)}
        <p>${cover && on ? words.ended.usedText(sender, on) : words.ended.usedUndated}</p>
        ${nextSteps(covered, covered ? notMe(covered) : nothing)}`;
    case 'taken-back':
      return html`${heading(words.ended.takenBack)}
        ${cover && on ? html`<p>${words.ended.takenBackText(sender, on)}</p>` : nothing}
        ${covered ? html`${contactOrg(covered)}${withdrawable(covered)}` : nothing}`;
    case 'renewed':
      return html`${heading(words.ended.renewed)}
        ${cover ? html`<p>${words.ended.renewedText(sender)}</p>` : nothing}
        ${covered ? html`${contactOrg(covered)}${withdrawable(covered)}` : nothing}`;
    case 'withdrawn':
      return withdrawnScreen(view, on);
    case 'not-found':
      return html`${heading(words.ended.notFound)}
        <p>${words.ended.notFoundText}</p>`;
    default:
      return html`${heading(words.unavailable.heading)}
        <p>${words.unavailable.text}</p>
        <div class="buttons">${busyButton(view, words.tryAgain, acts.retry)}</div>`;
  }
}

/** What can be done where the files are out of reach. */
function nextSteps(view: CoverView | null, besides: TemplateResult | typeof nothing = nothing): unknown {
  if (!view) return nothing;
  return html`${askForLink(view)} ${besides} ${withdrawable(view)}`;
}

/** An answer that was given can be taken back, also where the link has ended. */
function withdrawable(view: CoverView): TemplateResult | typeof nothing {
  return view.cover.withdrawable ? html`<div class="buttons">${withdrawButton(view)}</div>` : nothing;
}

function notMe({ cover, words, acts, snapshot }: CoverView): TemplateResult {
  if (snapshot.isReported) {
    return html`<div part="note" class="note" id="reported">
      ${icon('check')}
      <p class="small">${words.ended.reported(isolate(cover.sender.name))}</p>
    </div>`;
  }
  return html`<div>
    <button class="link" type="button" id="not-me" @click=${acts.notMe}>${words.ended.notMe}</button>
  </div>`;
}

/** Somebody has said that the link is not for them; whoever it is for may still use it. */
export function notMineScreen({ cover, words }: CoverView): TemplateResult {
  return html`${heading(words.notMine.heading)}
    <p>${words.notMine.text(isolate(cover.sender.name))}</p>`;
}

/**
 * The account is asked for in another window, of which this page can know nothing: also not whether it is still there. So the
 * other ways stay in reach.
 */
export function signingInScreen(view: CoverView): TemplateResult {
  const { cover, words, acts, ui } = view;
  const { signingIn } = words;
  return html`${heading(ui.signInLink === null ? signingIn.heading : signingIn.blocked)}
    <p>${ui.signInLink === null ? signingIn.text : signingIn.blockedText}</p>
    <div class="buttons">
      ${ui.signInLink ? html`<a part="primary" class="button primary" id="sign-in-link" href=${ui.signInLink} target="_blank" rel="noopener noreferrer">${signingIn.open}</a>` : nothing}
      ${cover.proofs.includes('code') ? html`<button class="button" type="button" @click=${acts.sendCode}>${signingIn.code}</button>` : nothing}
      <button class="button" type="button" @click=${acts.stopSignIn}>${signingIn.stop}</button>
    </div>`;
}

/** Where the page was opened to withdraw: the same proof as for accepting, before anything is asked. */
export function withdrawCoverScreen(view: CoverView): TemplateResult {
  const { cover, words } = view;
  const { name, org } = cover.sender;
  return html`${heading(words.withdraw.heading)}
    <p>${words.withdraw.about(isolate(name), isolate(org), cover.files.count)}</p>
    ${proofs(view, words.withdraw)}`;
}

export function declinedScreen(view: CoverView): TemplateResult {
  const { cover, words, acts } = view;
  return html`${heading(words.declined.heading)}
    <p>${words.declined.text(isolate(cover.sender.name), dateOf(view, cover.expires_at))}</p>
    ${problemLine(view)}
    <div class="buttons">
      <button class="button" type="button" id="details" @click=${acts.showDetails}>${words.declined.show}</button>
    </div>
    ${receiptButtons(view)}`;
}

/** Leaving weighs the same as staying. */
export function withdrawScreen(view: CoverView): TemplateResult {
  const { cover, words, acts, snapshot } = view;
  const { withdraw } = words;
  return html`${heading(withdraw.heading)}
    <p>${withdraw.text(isolate(cover.sender.name))}</p>
    <p>${withdraw.deletes(isolate(cover.sender.org))} ${withdraw.files}</p>
    <p>${withdraw.mark}</p>
    ${problemLine(view)}
    <div class="pair">
      <button
        class="button choice ${snapshot.isBusy ? 'busy' : ''}"
        type="button"
        aria-disabled=${snapshot.isBusy ? 'true' : nothing}
        @click=${acts.withdraw}
      >
        ${withdraw.yes}
      </button>
      <button class="button choice" type="button" @click=${acts.keep}>${withdraw.no}</button>
    </div>`;
}

function withdrawnScreen(view: View, on: string): TemplateResult {
  const { snapshot, words, formats } = view;
  const { cover, withdrawnAt, eraseBy } = snapshot;
  if (withdrawnAt === null || !cover) {
    return html`${heading(on ? words.ended.withdrawn(on) : words.withdraw.done)}
      <p>${words.ended.withdrawnText}</p>`;
  }
  return html`${heading(words.withdraw.done)}
    <p>${words.withdraw.doneText(isolate(cover.sender.name))}</p>
    ${eraseBy ? html`<p>${words.withdraw.eraseBy(isolate(cover.sender.org), formats.date(eraseBy))}</p>` : nothing}
    ${problemLine(view)} ${receiptButtons({ ...view, cover })}`;
}
