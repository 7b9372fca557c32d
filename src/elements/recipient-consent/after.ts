import { html, nothing, type TemplateResult } from 'lit';
import type { AccessEntry } from '../../contract/access-log.ts';
import { isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { contactOrg } from './contact.ts';
import { problemLine } from './problem-text.ts';
import { busyButton, type CoverView } from './view.ts';

/** What can be done once an answer stands: the receipt by mail or as a file, taking the answer back, seeing what was noted. */
export function receiptButtons(view: CoverView): TemplateResult {
  const { words, acts, snapshot } = view;
  return html`${mailed(view)}
    <div class="buttons">
      ${snapshot.receipt && snapshot.mailedTo === null ? busyButton(view, html`${icon('mail')}${words.receipt.mail}`, acts.mailReceipt) : nothing}
      ${snapshot.receipt ? busyButton(view, html`${icon('receipt')}${words.receipt.save}`, acts.saveReceipt) : nothing}
      ${withdrawButton(view)}
    </div>
    ${snapshot.receipt ? recorded(view) : nothing}`;
}

export function withdrawButton({ words, acts, snapshot }: CoverView): TemplateResult | typeof nothing {
  if (snapshot.phase === 'withdrawn') return nothing;
  return html`<button class="button quiet" type="button" id="withdraw" @click=${acts.askToWithdraw}>
    ${words.receipt.withdraw}
  </button>`;
}

function mailed({ words, snapshot }: CoverView): TemplateResult | typeof nothing {
  if (snapshot.mailedTo === null) return nothing;
  return html`<div part="note" class="note ok" id="mailed">
    ${icon('check')}
    <p class="small">${words.receipt.mailed(isolate(snapshot.mailedTo))}</p>
  </div>`;
}

/** Once a day and link. Where the sender was asked already, that is what there is to read. */
export function askForLink(view: CoverView): TemplateResult {
  const { cover, words, acts, snapshot } = view;
  if (snapshot.askedAt !== null) {
    return html`<div part="note" class="note ok" id="asked">
      ${icon('check')}
      <p class="small">${words.ask.asked(isolate(cover.sender.name))}</p>
    </div>`;
  }
  return html`<div class="group">
    ${problemLine(view)}
    ${busyButton(view, words.ask.press, acts.askForLink, 'primary')}
  </div>
  ${contactOrg(view)}`;
}

/** The recipient's own log: what was noted about this link, and for how long. */
function recorded({ words, acts, ui, snapshot, formats }: CoverView): TemplateResult {
  const { log } = snapshot;
  const isOpen = ui.isLogOpen && log !== null;
  return html`<div class="disclosure">
    <button
      class="link opens"
      type="button"
      id="recorded"
      aria-expanded=${isOpen ? 'true' : 'false'}
      @click=${acts.toggleLog}
    >
      ${words.log.open}
    </button>
    ${
      isOpen
        ? html`<div class="group">
            <table class="log small">
              <thead>
                <tr><th scope="col">${words.log.what}</th><th scope="col">${words.log.when}</th></tr>
              </thead>
              <tbody>
                ${log.entries.map(
                  ({ at, act, network }) => html`<tr>
                    <td>${words.log.acts[act satisfies AccessEntry['act']]}${network ? html` <bdi class="muted" dir="ltr">${network}</bdi>` : nothing}</td>
                    <td>${formats.stamp(at)}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
            <p class="small muted">${words.log.kept(formats.days(log.kept_days))}</p>
          </div>`
        : nothing
    }
  </div>`;
}
