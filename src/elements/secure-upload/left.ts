import { html, nothing, type TemplateResult } from 'lit';
import type { LeftBatch } from '../../flow/left-batch.ts';
import { formatReference, isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import type { View } from './view.ts';

/** What became of files whose page has gone: how many of them arrived. Which, this device does not keep. */
export function leftView(view: View): TemplateResult | typeof nothing {
  const { left } = view.snapshot;
  if (left.length === 0) return nothing;
  const isAnyMissing = left.some(({ arrived, of }) => arrived < of);
  return html`<div part="note" class="note ${isAnyMissing ? '' : 'ok'}" id="left">
    ${icon(isAnyMissing ? 'clock' : 'check')} ${left.map((batch) => told(view, batch))}
    <div class="buttons">${hide(view, 'button quiet')}</div>
  </div>`;
}

/** The same above the unfinished uploads of that visit, which are what is missing. */
export function leftWithin(view: View): TemplateResult | typeof nothing {
  const { left } = view.snapshot;
  if (left.length === 0) return nothing;
  return html`<div class="stack small" id="left">${left.map((batch) => told(view, batch))} ${hide(view, 'link')}</div>`;
}

function told(view: View, batch: LeftBatch): TemplateResult {
  return html`<p>${leftText(view, batch)}</p>${referenceOf(view, batch)}`;
}

function hide({ words, acts }: View, look: 'button quiet' | 'link'): TemplateResult {
  return html`<button type="button" class=${look} @click=${() => acts.hideLeft()}>${words.hideThis}</button>`;
}

/** Said aloud, too. */
export function leftText({ words, formats, now, snapshot }: View, { arrived, of, at }: LeftBatch): string {
  if (arrived === of) return words.leftDone(of);
  const time = new Date(at);
  const ago = formats.ago(time, now);
  const stopped = ago ? words.leftAgo(ago) : words.leftOn(formats.date(time));
  // An unfinished upload has a row that says so itself; of several batches it is not known whose it is.
  const inRows = snapshot.left.length === 1 ? snapshot.unfinished.items.length : 0;
  const others = of - arrived - inRows;
  const choose = others > 0 ? words.leftChoose(others, of - others) : '';
  return `${stopped} ${words.leftArrived(arrived, of)} ${choose}`.trim();
}

/** By it the organisation can say which files it has. */
function referenceOf({ words }: View, { arrived, reference }: LeftBatch): TemplateResult | typeof nothing {
  if (arrived === 0 || reference === null) return nothing;
  return html`<p class="small muted">${words.reference(isolate(formatReference(reference)))}</p>`;
}
