import { html, nothing, type TemplateResult } from 'lit';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { cleanName, shortenName } from '../../i18n/names.ts';
import { nameText } from '../name-text.ts';
import type { View } from './view.ts';

/** Names up to this many letters stand whole: about two lines of a phone, and in a wide box one or two. */
const SHORT_NAME = { compact: 36, wide: 60 };

/**
 * A long name is shortened in the middle until the person wants to see all of it; the ending always stands. `tab` keeps
 * a long list to one stop of the Tab key.
 */
export function fileName(
  view: View,
  item: Pick<ItemSnapshot, 'key' | 'name'>,
  tab: '-1' | typeof nothing = nothing,
): TemplateResult {
  const { words, acts, ui } = view;
  const whole = cleanName(item.name);
  const letters = [...whole].length;
  const asItIs = (when = '') => html`<div class="name ${when}" title=${whole}>${nameText(whole)}</div>`;
  if (letters <= SHORT_NAME.compact || ui.wholeNames.has(item.key)) return asItIs();
  const show = () => acts.patch({ wholeNames: new Set(ui.wholeNames).add(item.key) });
  const button = (when: string, most: number) => html`<button
    type="button"
    class="name plain ${when}"
    tabindex=${tab}
    title=${whole}
    aria-label=${words.wholeName(whole)}
    @click=${show}
  >
    ${nameText(shortenName(whole, most))}
  </button>`;
  return html`${button('when-compact', SHORT_NAME.compact)}
  ${letters <= SHORT_NAME.wide ? asItIs('when-wide') : button('when-wide', SHORT_NAME.wide)}`;
}

/** The folders it came with, which tell files of one name apart. */
export function folders({ path }: ItemSnapshot): TemplateResult | typeof nothing {
  return path === undefined ? nothing : html`<p class="path small muted"><bdi dir="auto">${cleanName(path)}</bdi></p>`;
}
