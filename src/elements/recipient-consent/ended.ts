import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { contactOrg } from './contact.ts';
import { problemLine } from './problem-text.ts';
import { type CoverView, dateOf, heading, type View } from './view.ts';

/** After an answer, and where a link does not work. Each says when, and what can be done; none names a file. */
export function endedScreen(view: View): TemplateResult {
  const { snapshot, words, formats, acts } = view;
  const { cover } = snapshot;
  const covered: CoverView | null = cover ? { ...view, cover } : null;
  const org = cover?.sender.org;
  const sender = isolate(cover?.sender.name ?? '');
  const since = cover?.state_since ?? snapshot.problem?.figures?.until;
  const on = since === undefined ? '' : formats.date(since);
  const contact = covered ? contactOrg(covered) : nothing;
  switch (snapshot.phase) {
    case 'locked':
      return html`${heading(words.locked.heading, org)}
        <p>${words.locked.text(snapshot.waitUntil ? formats.time(snapshot.waitUntil) : '')}</p>
        ${contact}`;
    case 'busy':
      return html`${heading(words.ended.busyHeading, org)}
        <p>${words.ended.busy(snapshot.waitUntil ? formats.time(snapshot.waitUntil) : '')}</p>`;
    case 'expired': {
      const until = since ?? cover?.expires_at;
      return html`${heading(words.ended.expired, org)}
        ${until ? html`<p>${words.ended.expiredText(formats.date(until))}</p>` : nothing} ${contact}`;
    }
    case 'used':
      return html`${heading(words.ended.used, org)}
        <p>${cover && on ? words.ended.usedText(sender, on) : words.ended.usedUndated}</p>
        ${contact}
        ${
          covered
            ? html`<div class="buttons">
                <button class="button quiet" type="button" @click=${acts.askToWithdraw}>${words.receipt.withdraw}</button>
              </div>`
            : nothing
        }`;
    case 'taken-back':
      return html`${heading(words.ended.takenBack, org)}
        ${cover && on ? html`<p>${words.ended.takenBackText(sender, on)}</p>` : nothing} ${contact}`;
    case 'withdrawn':
      return withdrawnScreen(view, on);
    case 'not-found':
      return html`${heading(words.ended.notFound)}
        <p>${words.ended.notFoundText}</p>`;
    default:
      return html`${heading(words.unavailable.heading, org)}
        <p>${words.unavailable.text}</p>
        <div class="buttons">
          <button
            class="button ${snapshot.isBusy ? 'busy' : ''}"
            type="button"
            aria-disabled=${snapshot.isBusy ? 'true' : nothing}
            @click=${acts.retry}
          >
            ${words.tryAgain}
          </button>
        </div>`;
  }
}

export function declinedScreen(view: CoverView): TemplateResult {
  const { cover, words, snapshot, acts } = view;
  return html`${heading(words.declined.heading, cover.sender.org)}
    <p>${words.declined.text(isolate(cover.sender.name), dateOf(view, cover.expires_at))}</p>
    ${problemLine(view)}
    <div class="buttons">
      <button class="button" type="button" @click=${acts.showDetails}>${words.declined.show}</button>
      ${
        snapshot.receipt
          ? html`<button class="button" type="button" @click=${acts.saveReceipt}>${icon('receipt')}${words.receipt.save}</button>`
          : nothing
      }
    </div>`;
}

/** Leaving weighs the same as staying. */
export function withdrawScreen(view: CoverView): TemplateResult {
  const { cover, words, acts, snapshot } = view;
  const { withdraw } = words;
  return html`${heading(withdraw.heading, cover.sender.org)}
    <p>${withdraw.text(isolate(cover.sender.name), isolate(cover.sender.org))} ${withdraw.files} ${withdraw.mark}</p>
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

function withdrawnScreen({ snapshot, words, formats, acts }: View, on: string): TemplateResult {
  const { cover, withdrawnAt, receipt } = snapshot;
  if (withdrawnAt === null || !cover) {
    const date = on || (withdrawnAt ? formats.date(withdrawnAt) : '');
    return html`${heading(date ? words.ended.withdrawn(date) : words.withdraw.done, cover?.sender.org)}
      <p>${words.ended.withdrawnText}</p>`;
  }
  return html`${heading(words.withdraw.done, cover.sender.org)}
    <p>${words.withdraw.doneText(isolate(cover.sender.name))}</p>
    ${
      receipt
        ? html`<div class="buttons">
            <button class="button" type="button" @click=${acts.saveReceipt}>${icon('receipt')}${words.receipt.save}</button>
          </div>`
        : nothing
    }`;
}
