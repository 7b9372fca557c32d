import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { UnfinishedItem } from '../../flow/unfinished-snapshot.ts';
import { kindOf } from '../../i18n/kinds.ts';
import { isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { progressBar } from '../progress-bar.ts';
import { signsInFirst } from './app-facts.ts';
import { acceptList } from './choose.ts';
import { fileName } from './file-name.ts';
import { leftView, leftWithin } from './left.ts';
import { problemText } from './problem-text.ts';
import { question } from './question.ts';
import { status } from './row-status.ts';
import { noteLeadsOn } from './sign-in.ts';
import type { View } from './view.ts';

/** Uploads that an earlier visit has begun. What they are called is for the person whose they are. */
export function unfinishedView(view: View): TemplateResult | typeof nothing {
  const { count, items } = view.snapshot.unfinished;
  if (count === 0) return leftView(view);
  return items.length === 0 ? beforeSignIn(view, count) : yours(view, items);
}

/** Whether one of them is the one thing to do here. */
export function leadsOn(view: View): boolean {
  const { snapshot } = view;
  const [only, ...more] = snapshot.unfinished.items;
  const needsFile = only !== undefined && ['waiting', 'checking', 'other'].includes(only.phase);
  return needsFile && more.length === 0 && snapshot.items.length === 0 && !noteLeadsOn(view);
}

function beforeSignIn(view: View, count: number): TemplateResult {
  const { snapshot, words, flow } = view;
  const isSigningIn = snapshot.phase === 'signing-in' || signsInFirst(view);
  return html`<div part="note" class="note">
    ${icon('clock')}
    <p>${words.unfinishedSignIn(count)}</p>
    ${
      isSigningIn
        ? nothing
        : html`<div class="buttons">
            <button type="button" class="button" @click=${() => flow.signIn()}>${words.signInNow}</button>
          </div>`
    }
  </div>`;
}

function yours(view: View, items: readonly UnfinishedItem[]): TemplateResult {
  const { words } = view;
  const mayWait = items.some(({ phase }) => phase === 'waiting');
  return html`<div class="unfinished" role="group" aria-labelledby="unfinished">
    <h3 class="sub-heading" id="unfinished">${words.unfinishedHeading(items.length)}</h3>
    ${leftWithin(view)}
    ${mayWait ? html`<p class="small muted">${words.unfinishedText}</p>` : nothing}
    <ul class="rows" role="list">
      ${repeat(
        items,
        ({ id }) => id,
        (item) => row(view, item),
      )}
    </ul>
  </div>`;
}

function row(view: View, item: UnfinishedItem): TemplateResult {
  const { acts, ui } = view;
  const { id, name, size, sent, phase } = item;
  const isAsking = ui.asking !== null && ui.asking !== 'all' && ui.asking.key === id;
  const share = size > 0 ? sent / size : 0;
  const isKept = phase === 'waiting' || phase === 'checking';
  return html`<li part="row" class="row" data-upload=${id}>
    <div class="picture">${icon(isPicture(name) ? 'image' : 'file')}</div>
    <div class="body">${fileName(view, { key: id, name })} ${statusOf(view, item)}</div>
    ${isKept ? progressBar(isolate(name), share, view.formats.percent(share), 'thin') : nothing}
    ${isAsking ? deleteQuestion(view, item) : html`<div class="buttons">${buttons(view, item)}</div>`}
    <input
      type="file"
      hidden
      accept=${acceptList(view)}
      @change=${(event: Event) => acts.unfinished.picked(id, event)}
    />
  </li>`;
}

function statusOf(view: View, item: UnfinishedItem): TemplateResult {
  const text = unfinishedText(view, item);
  if (item.problem || item.phase === 'other') return status('bad', 'alert', text);
  if (item.phase === 'elsewhere' || item.phase === 'over') return status('warn', 'info', text);
  return status('', null, text);
}

/** What the row says; announced too where it is the answer to an act. */
export function unfinishedText(view: View, { phase, problem, size, sent, lastSentAt, days }: UnfinishedItem): string {
  const { words, formats, now } = view;
  if (problem) return problemText(view, problem);
  switch (phase) {
    case 'waiting': {
      const percent = formats.percent(size > 0 ? sent / size : 0);
      const last = new Date(lastSentAt);
      const ago = formats.ago(last, now);
      return ago ? words.unfinishedSentAgo(percent, ago) : words.unfinishedSentOn(percent, formats.date(last));
    }
    case 'checking':
      return words.checkingSame;
    case 'other':
      return words.notSame;
    case 'elsewhere':
      return words.runningElsewhere;
    case 'over':
      return words.tooOld(formats.days(days));
  }
}

function buttons(view: View, item: UnfinishedItem): TemplateResult {
  const { words, acts } = view;
  const name = isolate(item.name);
  const { unfinished } = acts;
  const button = (label: string, act: () => void, kind = '', whole = words.buttonFor(label, name)) =>
    html`<button type="button" part=${kind === 'primary' ? kind : nothing} class="button ${kind}" aria-label=${whole} @click=${act}>${label}</button>`;
  const choose = (label: string, kind = '') => button(label, () => unfinished.choose(item.id), kind);
  const kind = leadsOn(view) ? 'primary' : '';
  switch (item.phase) {
    case 'waiting':
      return html`
        ${
          item.hasHandle
            ? button(words.carryOn, () => unfinished.carryOn(item.id), kind, words.carryOnFile(name))
            : choose(words.chooseItAgain, kind)
        }
        ${button(words.deleteSent, () => unfinished.delete(item), 'quiet', words.deleteSentOf(name))}
      `;
    case 'checking':
      return button(words.cancel, () => unfinished.cancel(item.id), '', words.cancelFile(name));
    case 'other':
      return html`${choose(words.chooseAgain, kind)} ${button(words.uploadAsNew, () => unfinished.uploadAsNew(item.id))}`;
    case 'elsewhere':
      return button(words.moveHere, () => unfinished.moveHere(item.id));
    case 'over':
      return choose(words.chooseItAgain);
  }
}

function deleteQuestion({ words, acts }: View, item: UnfinishedItem): TemplateResult {
  return question(
    words.deleteSentQuestion(isolate(item.name)),
    { label: words.delete, act: () => acts.unfinished.deleteNow(item.id) },
    { label: words.keep, act: () => acts.unfinished.keep(item.id) },
  );
}

const isPicture = (name: string): boolean => ['photo', 'image'].includes(kindOf('', name));
