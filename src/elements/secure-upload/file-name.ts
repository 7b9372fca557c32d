import { html, nothing, type TemplateResult } from 'lit';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { cleanName } from '../../i18n/names.ts';
import { longName } from '../long-name.ts';
import type { View } from './view.ts';

/** Names up to this many letters stand whole: about two lines of a phone, and in a wide box one or two. */
const SHORT_NAME = { compact: 36, wide: 60 };

/** `tab` keeps a long list to one stop of the Tab key. */
export function fileName(
  { words, acts, ui }: View,
  { key, name }: Pick<ItemSnapshot, 'key' | 'name'>,
  tab: '-1' | typeof nothing = nothing,
): TemplateResult {
  return longName(cleanName(name), {
    most: SHORT_NAME,
    label: words.wholeName,
    show: ui.wholeNames.has(key) ? null : () => acts.patch({ wholeNames: new Set(ui.wholeNames).add(key) }),
    part: nothing,
    tab,
  });
}

/** The folders it came with, which tell files of one name apart. */
export function folders({ path }: ItemSnapshot): TemplateResult | typeof nothing {
  return path === undefined ? nothing : html`<p class="path small muted"><bdi dir="auto">${cleanName(path)}</bdi></p>`;
}
