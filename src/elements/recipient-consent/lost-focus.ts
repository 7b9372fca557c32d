import type { LitElement, ReactiveController } from 'lit';

/**
 * Focus is never lost with the button that had it: in a row it goes to the button that came in its place or to the next
 * row's, else to where the screen begins.
 */
export class LostFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #start: () => HTMLElement | null;
  #used: { readonly element: Element; readonly row: Element | null } | null = null;

  constructor(host: LitElement, start: () => HTMLElement | null) {
    this.#host = host;
    this.#start = start;
    host.addController(this);
  }

  hostUpdate(): void {
    const element = this.#host.shadowRoot?.activeElement ?? null;
    this.#used = element && { element, row: element.closest('.row') };
  }

  hostUpdated(): void {
    if (!this.#used || this.#used.element.isConnected) return;
    const next = nextButton(this.#used.row) ?? this.#start();
    this.#used = null;
    next?.focus();
  }
}

function nextButton(row: Element | null): HTMLElement | null {
  for (let at = row; at?.isConnected; at = at.nextElementSibling) {
    const button = at.querySelector<HTMLElement>('button');
    if (button) return button;
  }
  return null;
}
