import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { kindOf } from '../../i18n/kinds.ts';
import { cleanName, isolate, shortenName } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { progressBar } from '../progress-bar.ts';
import { question } from './question.ts';
import { hasTwoActions, rowActions } from './row-actions.ts';
import { rowStatus, sentText } from './row-status.ts';
import { thumbnail } from './thumbnail.ts';
import type { View } from './view.ts';

/** From here on: filters above the list, and the list is one stop of the Tab key. */
const LONG_LIST = 20;
/** Names up to this many letters stand whole; two lines of a phone, two lines of anything wider. */
const SHORT_NAME = 36;
const WIDE_NAME = 88;

type Entry = { readonly key: string; readonly item: ItemSnapshot } | { readonly key: string; readonly removed: string };

export function fileList(view: View): TemplateResult {
  const { snapshot, ui, words } = view;
  const isLong = snapshot.items.length > LONG_LIST;
  const problems = snapshot.items.filter((item) => item.phase === 'refused' || item.phase === 'not-done');
  const shown = isLong && ui.filter === 'problems' && problems.length > 0 ? problems : snapshot.items;
  const entries: Entry[] = shown.map((item) => ({ key: item.key, item }));
  if (snapshot.removed) {
    entries.splice(ui.removedAt, 0, { key: `removed ${snapshot.removed.key}`, removed: snapshot.removed.name });
  }
  if (entries.length === 0) return html``;
  const current = shown.some((item) => item.key === ui.currentKey) ? ui.currentKey : (shown[0]?.key ?? null);
  return html`
    ${isLong ? filters(view, problems.length) : nothing}
    <ul part="list" class="rows" role="list" aria-label=${words.list} @keydown=${(event: KeyboardEvent) => steer(view, event)}>
      ${repeat(
        entries,
        (entry) => entry.key,
        (entry) =>
          'item' in entry
            ? row(view, entry.item, isLong ? { isCurrent: entry.key === current } : null)
            : removedRow(view, entry.removed),
      )}
    </ul>
    ${isLong ? html`<div class="hidden-text" id="after-list" tabindex="-1"></div>` : nothing}
  `;
}

function filters({ snapshot, ui, words, acts }: View, problems: number): TemplateResult {
  const choice = (filter: 'all' | 'problems', label: string) =>
    html`<button type="button" class="button small" aria-pressed=${ui.filter === filter} @click=${() => acts.patch({ filter })}>
      ${label}
    </button>`;
  return html`
    <button type="button" class="link skip" @click=${skip}>${words.skipList}</button>
    ${
      problems > 0
        ? html`<div class="filters">
            ${choice('all', words.filterAll(snapshot.items.length))} ${choice('problems', words.filterProblems(problems))}
          </div>`
        : nothing
    }
  `;
}

function skip(event: Event): void {
  const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
  root.getElementById('after-list')?.focus();
}

function row(view: View, item: ItemSnapshot, long: { readonly isCurrent: boolean } | null): TemplateResult {
  const { ui, words } = view;
  const isUnderWay = ['uploading', 'paused'].includes(item.phase) || (item.phase === 'waiting' && item.sent > 0);
  const isAsking = ui.asking !== null && ui.asking !== 'all' && ui.asking.key === item.key;
  const tab = long && !long.isCurrent ? '-1' : nothing;
  const isWide = hasTwoActions(view, item);
  return html`<li part="row" class="row ${isWide ? 'two-actions' : ''}" data-key=${item.key} tabindex=${long ? (long.isCurrent ? '0' : '-1') : nothing}>
    ${picture(item)}
    <div class="body">${fileName(view, item)} ${folders(item)} ${rowStatus(view, item)}</div>
    <div class="actions">${isAsking ? nothing : rowActions(view, item, tab)}</div>
    ${isUnderWay ? progressBar(isolate(item.name), item.size ? item.sent / item.size : 0, sentText(view, item), 'thin') : nothing}
    ${
      isAsking
        ? question(
            words.stopFile(isolate(item.name)),
            { label: words.stop, act: () => view.acts.stop(item.key) },
            { label: words.keepGoing, act: () => view.acts.keepGoing(item.key) },
          )
        : nothing
    }
  </li>`;
}

function picture(item: ItemSnapshot): TemplateResult {
  const kind = kindOf(item.type, item.name);
  const isPicture = kind === 'photo' || kind === 'image';
  return html`<div class="picture">
    ${isPicture && item.phase !== 'refused' ? html`<canvas hidden ${thumbnail(item.file)}></canvas>` : nothing}
    ${icon(isPicture ? 'image' : 'file')}
  </div>`;
}

/** The folders it came with, which tell files of one name apart. */
function folders({ path }: ItemSnapshot): TemplateResult | typeof nothing {
  return path === undefined ? nothing : html`<p class="path small muted"><bdi dir="auto">${cleanName(path)}</bdi></p>`;
}

/** Two lines at most, until the person wants to see all of it. */
export function fileName(view: View, item: Pick<ItemSnapshot, 'key' | 'name'>): TemplateResult {
  const whole = cleanName(item.name);
  const letters = [...whole].length;
  if (letters <= SHORT_NAME || view.ui.wholeNames.has(item.key)) return nameUpTo(view, item, whole, '');
  return html`${nameUpTo(view, item, shortenName(whole, SHORT_NAME), 'when-compact')}
  ${nameUpTo(view, item, shortenName(whole, WIDE_NAME), 'when-wide')}`;
}

/** A shortened name is a button that shows the whole one; assistive technology hears the whole one anyway. */
function nameUpTo(
  { words, acts, ui }: View,
  item: Pick<ItemSnapshot, 'key' | 'name'>,
  shown: string,
  when: string,
): TemplateResult {
  const whole = cleanName(item.name);
  if (shown === whole) return html`<div class="name ${when}"><bdi dir="auto">${whole}</bdi></div>`;
  const show = () => acts.patch({ wholeNames: new Set(ui.wholeNames).add(item.key) });
  return html`<button type="button" class="name plain ${when}" aria-label=${words.wholeName(whole)} @click=${show}>
    <bdi dir="auto">${shown}</bdi>
  </button>`;
}

function removedRow({ words, acts }: View, removed: string): TemplateResult {
  return html`<li part="row" class="row removed">
    <p class="small muted">
      ${words.removed(isolate(removed))}
      <button type="button" class="link" @click=${() => acts.undoRemove()}>${words.undo}</button>
    </p>
  </li>`;
}

/** Delete takes a row out; in a long list the arrows, Home and End walk through it. */
function steer(view: View, event: KeyboardEvent): void {
  const at = event.target instanceof Element ? event.target.closest<HTMLElement>('.row[data-key]') : null;
  if (!at) return;
  const { items } = view.snapshot;
  if (event.key === 'Delete' || event.key === 'Backspace') {
    const item = items.find((candidate) => candidate.key === at.dataset.key);
    if (!item || !at.querySelector('.remove')) return;
    event.preventDefault();
    view.acts.remove(item);
    return;
  }
  if (items.length <= LONG_LIST) return;
  const all = [...(at.parentElement?.querySelectorAll<HTMLElement>('.row[data-key]') ?? [])];
  const next = { ArrowDown: all.indexOf(at) + 1, ArrowUp: all.indexOf(at) - 1, Home: 0, End: all.length - 1 }[
    event.key
  ];
  const target = next === undefined ? undefined : all[next];
  if (!target) return;
  event.preventDefault();
  view.acts.patch({ currentKey: target.dataset.key ?? null });
  target.focus();
}
