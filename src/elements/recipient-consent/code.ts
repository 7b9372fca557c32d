import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../../i18n/names.ts';
import { inAppNote } from './opening.ts';
import { needsNewCode, problemLine } from './problem-text.ts';
import { type CoverView, heading, withStrong } from './view.ts';

export function codeScreen(view: CoverView): TemplateResult {
  const { cover, words, acts, snapshot, formats } = view;
  const { code, problem, isBusy } = snapshot;
  const masked = isolate(cover.masked_address);
  const sent = code ? words.code.sent(masked, formats.time(code.sent_at), formats.time(code.expires_at)) : '';
  const isEnded = problem !== null && needsNewCode(problem);
  return html`${heading(words.code.heading, cover.sender.org)}
    ${isEnded ? nothing : html`<p>${withStrong(sent, cover.masked_address)}</p>`}
    ${inAppNote(view)}
    <form class="form" novalidate @submit=${acts.submitCode}>
      <div class="field">
        <label for="code">${words.code.field}</label>
        ${problemLine(view, 'problem', isEnded && mayAskNow(view) ? newCodeButton(view) : nothing)}
        <input
          class="input code"
          id="code"
          name="code"
          type="text"
          dir="ltr"
          inputmode="numeric"
          autocomplete="one-time-code"
          enterkeyhint="done"
          spellcheck="false"
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby=${problem ? 'problem' : nothing}
          @input=${acts.codeTyped}
        />
      </div>
      <button
        class="button primary ${isBusy ? 'busy' : ''}"
        type="submit"
        aria-disabled=${isBusy ? 'true' : nothing}
      >
        ${words.code.continue}
      </button>
    </form>
    ${isEnded && mayAskNow(view) ? nothing : otherCode(view, isEnded)}`;
}

function mayAskNow({ snapshot }: CoverView): boolean {
  return snapshot.newCodeInSeconds === 0;
}

function otherCode(view: CoverView, isEnded: boolean): TemplateResult | typeof nothing {
  const { snapshot, words, formats } = view;
  const { code, newCodeInSeconds: seconds, problem } = snapshot;
  if (mayAskNow(view)) return html`<p class="small muted">${words.code.noMail} ${newCodeButton(view)}</p>`;
  // Told above the field already.
  if (problem?.code === 'mail_limit') return nothing;
  if (code?.mails_left === 0) {
    return html`<p class="small muted">${words.code.anotherAt(formats.time(code.next_mail_at))}</p>`;
  }
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const text = isEnded ? words.code.newCodeIn(isolate(clock)) : words.code.noMailFor(isolate(clock));
  return html`<p class="small muted">${text}</p>`;
}

function newCodeButton({ words, acts }: CoverView): TemplateResult {
  return html`<button class="link" type="button" @click=${acts.sendCode}>${words.code.sendNew}</button>`;
}
