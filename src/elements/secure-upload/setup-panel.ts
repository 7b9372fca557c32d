import { adoptStyles, html, nothing, render } from 'lit';
import { setupEn as words } from '../../i18n/setup-en.ts';
import { controls } from '../../styles/controls.ts';
import { fields } from '../../styles/fields.ts';
import { host } from '../../styles/host.ts';
import { lateControls } from '../../styles/late-controls.ts';
import { lateModes } from '../../styles/late-modes.ts';
import { modes } from '../../styles/modes.ts';
import { parts } from '../../styles/parts.ts';
import { type } from '../../styles/type.ts';
import { type IconName, icon } from '../icons.ts';
import { setupStyles } from './setup.styles.ts';

/** One thing that was looked at. */
export interface Line {
  readonly kind: 'ok' | 'warn' | 'open';
  readonly text: string;
  /** What belongs into somebody else's hands, to be copied as it is. */
  readonly copy?: string | undefined;
}

const ICONS = { ok: 'check', warn: 'alert', open: 'info' } as const satisfies Record<Line['kind'], IconName>;

/** After the box and a region of its own; it stands in a shadow of its own, so that the box is drawn without it. */
export class SetupPanel {
  readonly #root: ShadowRoot;
  readonly #place = document.createElement('div');
  #isHidden = false;
  #copied = '';
  #lines: readonly Line[] = [];

  constructor(root: ShadowRoot) {
    const shadow = this.#place.attachShadow({ mode: 'open' });
    adoptStyles(shadow, [host, type, controls, lateControls, fields, parts, modes, lateModes, setupStyles]);
    this.#root = root;
    root.append(this.#place);
  }

  show(lines: readonly Line[]): void {
    this.#lines = lines;
    this.#draw();
  }

  #draw(): void {
    const isSeen = !this.#isHidden && this.#lines.length > 0;
    this.#place.hidden = !isSeen;
    if (this.#place.shadowRoot) render(isSeen ? this.#panel() : nothing, this.#place.shadowRoot);
  }

  #panel() {
    return html`<div class="frame"><section class="panel" aria-label=${words.region} lang="en" dir="ltr">
      <div class="head">
        <h2>${words.heading}</h2>
        <p class="muted">${words.onlyYou}</p>
        <button type="button" class="button quiet" @click=${() => this.#hide()}>${words.hide}</button>
      </div>
      <ul class="lines">
        ${this.#lines.map((line) => this.#line(line))}
      </ul>
    </section></div>`;
  }

  #line({ kind, text, copy }: Line) {
    const [before, after = ''] = copy ? text.split(copy, 2) : [text];
    return html`<li class="line ${kind}">
      ${icon(ICONS[kind], 16)}
      <div class="told">
        <p>${before}${copy ? html`<code>${copy}</code>${after}` : nothing}</p>
        ${
          copy
            ? html`<button type="button" class="button" @click=${() => this.#copy(copy)}>
                ${this.#copied === copy ? words.copied : words.copy}
              </button>`
            : nothing
        }
      </div>
    </li>`;
  }

  /** For as long as the page is open: whoever loads it anew wants to see what is left. */
  #hide(): void {
    this.#isHidden = true;
    this.#draw();
    // The button had the focus, and is gone.
    this.#root.querySelector<HTMLElement>('#heading, [data-focus]')?.focus();
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return; // The page's policy forbids it; the line stays on the screen.
    }
    this.#copied = text;
    this.#draw();
  }
}
