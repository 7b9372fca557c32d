import type { LitElement, ReactiveController } from 'lit';

/**
 * Focus is never lost with the thing that had it. It moves only then: to where the person's act leads, else in a row of
 * files to what came in its place or to the next row's button, else to where the step begins. While it is anywhere else
 * on the page it is left alone.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  readonly #start: () => HTMLElement | null;
  #used: { readonly element: Element; readonly rows: readonly (Element | null)[] } | null = null;
  #planned: readonly string[] = [];

  constructor(host: LitElement, start: () => HTMLElement | null) {
    this.#host = host;
    this.#start = start;
    host.addController(this);
  }

  /** For the next loss: selectors to try first, such as the button in the next row. */
  plan(...selectors: readonly string[]): void {
    this.#planned = selectors;
  }

  hostUpdate(): void {
    const element = this.#host.shadowRoot?.activeElement ?? null;
    const row = element?.closest('.row');
    // A list that is narrowed loses the row with the press.
    const rows = row ? [row, row.nextElementSibling, row.previousElementSibling] : [];
    this.#used = element && { element, rows };
  }

  hostUpdated(): void {
    const root = this.#host.shadowRoot;
    if (!root || !this.#used || this.#used.element.isConnected) return;
    const row = this.#used.rows.find((one) => one?.isConnected) ?? null;
    this.#used = null;
    const planned = this.#planned.flatMap((selector) => root.querySelector<HTMLElement>(selector) ?? []);
    this.#planned = [];
    (planned[0] ?? nextButton(row) ?? this.#start())?.focus();
  }
}

function nextButton(row: Element | null): HTMLElement | null {
  for (let at = row; at?.isConnected; at = at.nextElementSibling) {
    const button = at.querySelector<HTMLElement>('button:not(.name)');
    if (button) return button;
  }
  return null;
}
