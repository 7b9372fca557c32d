import { html, nothing, type TemplateResult } from 'lit';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { cleanName, shortenName, splitName } from '../../i18n/names.ts';
import type { View } from './view.ts';

/** Names up to this many letters stand whole: about two lines of a phone. */
const SHORT_NAME = 36;

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
  if ([...whole].length <= SHORT_NAME || ui.wholeNames.has(item.key)) {
    return html`<div class="name" title=${whole}><bdi dir="auto">${whole}</bdi></div>`;
  }
  const [head, tail] = splitName(whole);
  const show = () => acts.patch({ wholeNames: new Set(ui.wholeNames).add(item.key) });
  const button = (when: string, shown: TemplateResult) => html`<button
    type="button"
    class="name plain ${when}"
    tabindex=${tab}
    title=${whole}
    aria-label=${words.wholeName(whole)}
    @click=${show}
  >
    ${shown}
  </button>`;
  return html`${button('when-compact', html`<bdi dir="auto">${shortenName(whole, SHORT_NAME)}</bdi>`)}
  ${button('when-wide', html`<bdi class="middle" dir="auto"><span class="head">${head}</span><span class="tail">${tail}</span></bdi>`)}`;
}

/** The folders it came with, which tell files of one name apart. */
export function folders({ path }: ItemSnapshot): TemplateResult | typeof nothing {
  return path === undefined ? nothing : html`<p class="path small muted"><bdi dir="auto">${cleanName(path)}</bdi></p>`;
}
