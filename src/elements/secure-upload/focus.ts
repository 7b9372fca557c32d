import type { LitElement, ReactiveController } from 'lit';

/** Where the next step begins, in the order of the page. */
const NEXT_STEP = ['[data-focus]', '#add-more', '#choose', '#heading'];

/**
 * Focus moves only after the person's own act, and only when the thing they used is gone: it goes to the heading of
 * what came instead. While the focus is anywhere else on the page it is left alone.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  #used: Element | null = null;
  #planned: readonly string[] = [];

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** For the next loss: selectors to try first, such as the button in the next row. */
  plan(...selectors: readonly string[]): void {
    this.#planned = selectors;
  }

  hostUpdate(): void {
    this.#used = this.#host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    const root = this.#host.shadowRoot;
    if (!root || !this.#used || this.#used.isConnected) return;
    this.#used = null;
    const planned = this.#planned;
    this.#planned = [];
    for (const selector of [...planned, ...NEXT_STEP]) {
      const target = root.querySelector<HTMLElement>(selector);
      if (!target) continue;
      target.focus();
      return;
    }
  }
}
