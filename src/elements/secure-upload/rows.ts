import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { kindOf } from '../../i18n/kinds.ts';
import { isolate } from '../../i18n/names.ts';
import { icon } from '../icons.ts';
import { listFor } from '../late-list.ts';
import { progressBar } from '../progress-bar.ts';
import { fileName, folders } from './file-name.ts';
import { itemsIn } from './items.ts';
import { question } from './question.ts';
import { rowActions } from './row-actions.ts';
import { steer } from './row-keys.ts';
import { rowStatus, sentText } from './row-status.ts';
import { thumbnail } from './thumbnail.ts';
import type { View } from './view.ts';

/** From here on: filters above the list, and the list is one stop of the Tab key. */
const LONG_LIST = 20;

/** A row of the list: a file, or what can be said of one that was taken out. */
type Entry = ItemSnapshot | { readonly key: string; readonly removed: string };
/** Where a row stands in a long list. */
interface Place {
  readonly index: number;
  readonly count: number;
  readonly isCurrent: boolean;
}

export function fileList(view: View): TemplateResult {
  const { snapshot, ui, words } = view;
  const isLong = snapshot.items.length > LONG_LIST;
  const problems = isLong ? itemsIn(snapshot, 'refused', 'not-done') : [];
  const isNarrowed = ui.filter === 'problems' && problems.length > 0;
  const entries = withRemoved(view, isNarrowed ? problems : snapshot.items);
  if (entries.length === 0) return html``;
  const count = entries.length;
  const keys = (event: KeyboardEvent) => steer(view, entries, isLong, event);
  const focused = (event: FocusEvent) => isLong && follow(view, event);
  const very = listFor(snapshot.items.length);
  const list = very
    ? html`<div class="scroller" @keydown=${keys} @focusin=${focused} ${very.longList<Entry>({
        rows: entries,
        currentKey: ui.currentKey,
        draw: (entry, at) => rowOf(view, entry, { ...at, count }),
      })}><ul part="list" class="rows" role="list" aria-label=${words.list}></ul></div>`
    : html`<ul part="list" class="rows" role="list" aria-label=${words.list} @keydown=${keys} @focusin=${focused}>
          ${shortList(view, entries, isLong)}
        </ul>`;
  return html`
    ${isLong ? filters(view, problems) : nothing} ${list}
    ${isLong ? html`<div class="hidden-text" id="after-list" tabindex="-1"></div>` : nothing}
  `;
}

function shortList(view: View, entries: readonly Entry[], isLong: boolean): unknown {
  const isThere = entries.some(({ key }) => key === view.ui.currentKey);
  const current = isThere ? view.ui.currentKey : (entries.find((entry) => !('removed' in entry))?.key ?? null);
  return repeat(
    entries,
    ({ key }) => key,
    (entry, index) =>
      rowOf(view, entry, isLong ? { index, count: entries.length, isCurrent: entry.key === current } : null),
  );
}

/** With the row that stands where one was taken out. */
function withRemoved({ snapshot, ui }: View, items: readonly ItemSnapshot[]): readonly Entry[] {
  const { removed } = snapshot;
  if (!removed) return items;
  const isAll = items === snapshot.items;
  const at = isAll
    ? ui.removedAt
    : itemsIn({ ...snapshot, items: snapshot.items.slice(0, ui.removedAt) }, 'refused', 'not-done').length;
  const entry = { key: `removed ${removed.key}`, removed: removed.name };
  return [...items.slice(0, at), entry, ...items.slice(at)];
}

function filters({ snapshot, ui, words, acts, flow }: View, problems: readonly ItemSnapshot[]): TemplateResult {
  const choice = (filter: 'all' | 'problems', label: string) =>
    html`<button type="button" class="button small" aria-pressed=${ui.filter === filter} @click=${() => acts.patch({ filter })}>
      ${label}
    </button>`;
  // Once nothing is under way, the screen itself leads to trying all of them again.
  const again = snapshot.phase === 'uploading' ? problems.filter(({ phase }) => phase === 'not-done').length : 0;
  return html`
    <button type="button" class="link skip" @click=${skip}>${words.skipList}</button>
    ${
      problems.length > 0
        ? html`<div class="filters">
            ${choice('all', words.filterAll(snapshot.items.length))} ${choice('problems', words.filterProblems(problems.length))}
            ${
              again > 0
                ? html`<button type="button" class="button small" @click=${() => flow.retry()}>
                    ${icon('retry', 16)} ${words.tryAll(again)}
                  </button>`
                : nothing
            }
          </div>`
        : nothing
    }
  `;
}

function skip(event: Event): void {
  const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
  root.getElementById('after-list')?.focus();
}

/** Where the focus is, Tab comes back to. */
function follow({ ui, acts }: View, { target }: FocusEvent): void {
  const key = target instanceof Element ? target.closest<HTMLElement>('.row[data-key]')?.dataset.key : undefined;
  if (key !== undefined && key !== ui.currentKey) acts.patch({ currentKey: key });
}

function rowOf(view: View, entry: Entry, place: Place | null): TemplateResult {
  return 'removed' in entry ? removedRow(view, entry, place) : row(view, entry, place);
}

function row(view: View, item: ItemSnapshot, place: Place | null): TemplateResult {
  const { ui, words } = view;
  const isUnderWay = ['uploading', 'paused'].includes(item.phase) || (item.phase === 'waiting' && item.sent > 0);
  const isAsking = ui.asking !== null && ui.asking !== 'all' && ui.asking.key === item.key;
  const tab = place && !place.isCurrent ? '-1' : nothing;
  return html`<li
    part="row"
    class="row"
    data-key=${item.key}
    tabindex=${place ? (place.isCurrent ? '0' : '-1') : nothing}
    aria-posinset=${place ? place.index + 1 : nothing}
    aria-setsize=${place?.count ?? nothing}
  >
    ${picture(item)}
    <div class="body">${fileName(view, item, tab)} ${folders(item)} ${rowStatus(view, item)}</div>
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
  const isSeen = isPicture && item.phase !== 'refused' && item.phase !== 'preparing';
  return html`<div part="picture" class="picture">
    ${isSeen ? html`<canvas hidden ${thumbnail(item.file, item.dimensions)}></canvas>` : nothing}
    ${icon(isPicture ? 'image' : 'file')}
  </div>`;
}

function removedRow(
  { words, acts }: View,
  { key, removed }: { readonly key: string; readonly removed: string },
  place: Place | null,
): TemplateResult {
  return html`<li
    part="row"
    class="row removed"
    data-key=${key}
    aria-posinset=${place ? place.index + 1 : nothing}
    aria-setsize=${place?.count ?? nothing}
  >
    <p class="small muted">
      ${words.removed(isolate(removed))}
      <button type="button" class="link" @click=${() => acts.undoRemove()}>${words.undo}</button>
    </p>
  </li>`;
}
