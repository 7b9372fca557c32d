import { html, nothing, type TemplateResult } from 'lit';
import type { DeliverySnapshot } from '../../flow/recipient-snapshot.ts';
import { isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { askForLink, receiptButtons } from './after.ts';
import { checkCopy } from './check-copy.ts';
import { contactOrg } from './contact.ts';
import { deliveryRow } from './file-row.ts';
import { problemLine } from './problem-text.ts';
import { busyButton, type CoverView, dateOf, heading } from './view.ts';

/** How long before its end the window is told to be ending; the flow says when. */
export const ENDING_MINUTES = 5;

export function downloadScreen(view: CoverView): TemplateResult {
  const { words, snapshot, acts, hasMouse } = view;
  const { deliveries } = snapshot;
  if (!isKept(view)) return goneScreen(view);
  const isMany =
    hasMouse && deliveries.some(isDue) && deliveries.filter(({ phase }) => phase !== 'received').length > 1;
  // One filled button: the way to all, or where there is none to the file whose turn it is.
  const next = isMany ? undefined : deliveries.find(({ phase }) => phase === 'ready' || phase === 'differs');
  const hasBegun = deliveries.some(({ phase }) => phase === 'started' || phase === 'received');
  return html`${heading(words.download.heading)}
    ${windowNote(view)} ${problemLine(view)}
    <ul part="list" class="rows">${deliveries.map((delivery) => deliveryRow(view, delivery, true, delivery === next, checkCopy(view, delivery)))}</ul>
    ${
      isMany
        ? html`<div class="buttons">
            <button part="primary" class="button primary" type="button" @click=${acts.downloadAll}>
              ${icon('download')}${words.download.getAll(deliveries.length)}
            </button>
          </div>`
        : nothing
    }
    ${hasBegun ? html`<p class="small muted">${words.download.nothing}</p>` : nothing} ${receiptButtons(view)}`;
}

/** It has not begun, or has to begin anew. */
const isDue = ({ phase }: DeliverySnapshot): boolean =>
  phase === 'ready' || phase === 'differs' || phase === 'interrupted';

/** Deleted at the broker meanwhile: no press brings them. */
const isKept = ({ snapshot }: CoverView): boolean => snapshot.problem?.code !== 'not_found';

function goneScreen(view: CoverView): TemplateResult {
  const { cover, words, snapshot } = view;
  return html`${heading(words.download.gone)}
    <p>${words.download.goneText(isolate(cover.sender.name))}</p>
    <ul part="list" class="rows">
      ${snapshot.deliveries.map((delivery) => deliveryRow(view, delivery, false, false, checkCopy(view, delivery)))}
    </ul>
    ${contactOrg(view)} ${receiptButtons(view)}`;
}

function windowNote(view: CoverView): TemplateResult {
  const { words, snapshot, acts, formats } = view;
  const { windowEndsAt, windowSeconds, deliveryWindow } = snapshot;
  if (windowEndsAt === null) {
    const minutes = Math.round((windowSeconds ?? 0) / 60);
    const accepted = snapshot.isReturning && snapshot.decidedAt;
    return html`<p>
      ${accepted ? words.download.returning(formats.date(accepted)) : nothing}
      ${words.download.before(dateOf(view, view.cover.expires_at), minutes)}
    </p>`;
  }
  return html`<div part="note" class="note warn">
    ${icon('clock')}
    <p class="small">
      ${words.download.stay(formats.time(windowEndsAt))}
      ${deliveryWindow === 'ending' ? html`<strong class="bold">${words.download.ending(ENDING_MINUTES)}</strong>` : nothing}
    </p>
    ${
      deliveryWindow === 'ending' && snapshot.mayExtend
        ? html`<div class="buttons">
            ${busyButton(view, words.download.more(Math.round((snapshot.windowSeconds ?? 0) / 60)), acts.extend)}
          </div>`
        : nothing
    }
  </div>`;
}

export function receivedScreen(view: CoverView): TemplateResult {
  const { cover, words, snapshot, formats, now } = view;
  const { deliveries, deliveryWindow } = snapshot;
  const org = isolate(cover.sender.org);
  return html`${heading(words.received.heading)}
    <p>${words.received.text(deliveries.length, org, formats.date(new Date(now)))}</p>
    <ul part="list" class="rows">
      ${deliveries.map((delivery) => deliveryRow(view, delivery, deliveryWindow !== 'over' && isKept(view), false))}
    </ul>
    ${deliveries.some(({ phase }) => phase === 'started') ? html`<p class="small muted">${words.download.nothing}</p>` : nothing}
    ${problemLine(view)} ${receiptButtons(view)}`;
}

export function windowOverScreen(view: CoverView): TemplateResult {
  const { words, snapshot } = view;
  return html`${heading(words.download.over)}
    <p>${words.download.overText}</p>
    <ul part="list" class="rows">
      ${snapshot.deliveries.map((delivery) => deliveryRow(view, delivery, false, false, checkCopy(view, delivery)))}
    </ul>
    ${askForLink(view)} ${receiptButtons(view)}`;
}
