import { html, type nothing, type TemplateResult } from 'lit';
import { shortenName } from '../i18n/names.ts';
import { nameText } from './name-text.ts';

interface LongName {
  /** Letters that stand where there is little room, and where there is more. */
  readonly most: { readonly compact: number; readonly wide: number };
  readonly label: (name: string) => string;
  /** Null: the person has asked for all of it already. */
  readonly show: (() => void) | null;
  readonly part: string | typeof nothing;
  /** `-1` keeps a long list to one stop of the Tab key. */
  readonly tab: '-1' | typeof nothing;
}

/**
 * A long name is shortened in the middle until the person wants to see all of it; the ending always stands. What is drawn of
 * `when-compact` and `when-wide` is for the styles around it to say.
 */
export function longName(whole: string, { most, label, show, part, tab }: LongName): TemplateResult {
  const letters = [...whole].length;
  const asItIs = (when = '') => html`<div part=${part} class="name ${when}" title=${whole}>${nameText(whole)}</div>`;
  if (letters <= most.compact || !show) return asItIs();
  const button = (when: string, room: number) => html`<button
    part=${part}
    type="button"
    class="name plain ${when}"
    tabindex=${tab}
    title=${whole}
    aria-label=${label(whole)}
    @click=${show}
  >
    ${nameText(shortenName(whole, room))}
  </button>`;
  return html`${button('when-compact', most.compact)}
  ${letters <= most.wide ? asItIs('when-wide') : button('when-wide', most.wide)}`;
}
