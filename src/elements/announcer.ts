import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** Two announcements of progress within this time would talk over each other. */
const PAUSE_MS = 5_000;

export interface Announcement {
  readonly text: string;
  /** Interrupts. */
  readonly isUrgent?: boolean;
}

export type After = (ms: number, act: () => void) => () => void;

const browserAfter: After = (ms, act) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

/**
 * One polite and one assertive live region, empty on load. At most one polite message in five seconds; a newer one
 * replaces one that waits.
 */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #after: After;
  #polite = '';
  #urgent = '';
  #waiting: string | null = null;
  #stopPause: (() => void) | null = null;

  constructor(host: ReactiveControllerHost, after: After = browserAfter) {
    this.#host = host;
    this.#after = after;
    host.addController(this);
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    this.#stopPause?.();
    this.#stopPause = null;
    this.#waiting = null;
  }

  say({ text, isUrgent = false }: Announcement): void {
    if (isUrgent) {
      this.#urgent = text;
      this.#host.requestUpdate();
    } else if (this.#stopPause) {
      this.#waiting = text;
    } else {
      this.#speak(text);
    }
  }

  #speak(text: string): void {
    this.#polite = text;
    this.#host.requestUpdate();
    this.#stopPause = this.#after(PAUSE_MS, () => {
      this.#stopPause = null;
      const next = this.#waiting;
      this.#waiting = null;
      if (next !== null) this.#speak(next);
    });
  }

  render(): TemplateResult {
    return html`
      <div class="hidden-text" role="status" id="polite">${this.#polite}</div>
      <div class="hidden-text" role="alert" id="urgent">${this.#urgent}</div>
    `;
  }
}
