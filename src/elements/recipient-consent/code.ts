import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../../i18n/names.ts';
import { accountWays, inAppNote } from './opening.ts';
import { isOfCode, needsNewCode, problemLine } from './problem-text.ts';
import { type CoverView, heading, withStrong } from './view.ts';

export function codeScreen(view: CoverView): TemplateResult {
  const { cover, words, acts, snapshot, formats } = view;
  const { code, problem, isBusy } = snapshot;
  const masked = isolate(cover.masked_address);
  const sent = code ? words.code.sent(masked, formats.time(code.sent_at), formats.time(code.expires_at)) : '';
  if (problem !== null && needsNewCode(problem)) return endedCode(view);
  return html`${heading(words.code.heading)}
    <p>${withStrong(sent, cover.masked_address)}</p>
    ${inAppNote(view)}
    <form class="form" novalidate @submit=${acts.submitCode}>
      <div class="field">
        <label for="code">${words.code.field}</label>
        ${problemLine(view)}
        <input
          part="field"
          class="input code"
          id="code"
          name="code"
          type="text"
          dir="ltr"
          inputmode="numeric"
          autocomplete="one-time-code"
          enterkeyhint="done"
          spellcheck="false"
          aria-invalid=${problem && isOfCode(problem) ? 'true' : 'false'}
          aria-describedby=${problem ? 'problem' : nothing}
          @input=${acts.codeTyped}
        />
      </div>
      <button
        part="primary"
        class="button primary ${isBusy ? 'busy' : ''}"
        type="submit"
        aria-disabled=${isBusy ? 'true' : nothing}
      >
        ${words.code.continue}
      </button>
    </form>
    ${otherCode(view)} ${otherWay(view)}`;
}

/** Whose mail does not come can still take the account, where the link allows it. */
function otherWay(view: CoverView): TemplateResult | typeof nothing {
  return view.cover.providers?.length ? html`<div class="group">${accountWays(view)}</div>` : nothing;
}

/** Nothing that could be typed leads on any more, so there is no field: a new code does, now or in a moment. */
function endedCode(view: CoverView): TemplateResult {
  const { words, acts, snapshot } = view;
  const { isBusy } = snapshot;
  return html`${heading(words.code.ended)}
    ${inAppNote(view)}
    <div class="group">
      ${problemLine(view)}
      ${
        mayAskNow(view)
          ? html`<button
              part="primary"
              class="button primary ${isBusy ? 'busy' : ''}"
              type="button"
              id="new-code"
              aria-disabled=${isBusy ? 'true' : nothing}
              aria-describedby="problem"
              @click=${acts.sendCode}
            >
              ${words.code.sendNew}
            </button>`
          : waitForCode(view, words.code.newCodeIn)
      }
    </div>
    ${otherWay(view)}`;
}

function mayAskNow({ snapshot }: CoverView): boolean {
  return snapshot.newCodeInSeconds === 0;
}

function otherCode(view: CoverView): TemplateResult | typeof nothing {
  const { snapshot, words, acts } = view;
  // Told above the field already.
  if (snapshot.problem?.code === 'mail_limit' && !mayAskNow(view)) return nothing;
  if (!mayAskNow(view)) return waitForCode(view, words.code.noMailFor);
  return html`<p class="small muted">
    ${words.code.noMail}
    <button class="link" type="button" @click=${acts.sendCode}>${words.code.sendNew}</button>
  </p>`;
}

function waitForCode({ snapshot, words, formats }: CoverView, say: (clock: string) => string): TemplateResult {
  const { code, newCodeInSeconds: seconds } = snapshot;
  if (code?.mails_left === 0) {
    return html`<p class="small muted">${words.code.anotherAt(formats.time(code.next_mail_at))}</p>`;
  }
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return html`<p class="small muted">${say(isolate(clock))}</p>`;
}
