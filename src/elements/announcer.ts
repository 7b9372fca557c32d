import type { LitElement, ReactiveController } from 'lit';

/** Two announcements of progress within this time would talk over each other. */
const PAUSE_MS = 5_000;
/** Long enough for every screen reader to take it; then nobody who reads the page line by line meets old news. */
const STAY_MS = 7_000;

export interface Announcement {
  readonly text: string;
  /** Interrupts. */
  readonly isUrgent?: boolean;
  /** How a long work comes along: at most one in five seconds, and of those that wait only the newest. */
  readonly isProgress?: boolean;
}

export type After = (ms: number, act: () => void) => () => void;

const browserAfter: After = (ms, act) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

/**
 * Says things in the live regions of its host. Each is a line of its own, so that none is lost where two come at once,
 * and it goes after a while.
 */
export class Announcer implements ReactiveController {
  readonly #host: LitElement;
  readonly #after: After;
  readonly #lines = new Map<HTMLElement, () => void>();
  #waiting: string | null = null;
  #stopPause: (() => void) | null = null;

  constructor(host: LitElement, after: After = browserAfter) {
    this.#host = host;
    this.#after = after;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stopPause?.();
    this.#stopPause = null;
    this.#waiting = null;
    for (const line of [...this.#lines.keys()]) this.#remove(line);
  }

  say({ text, isUrgent = false, isProgress = false }: Announcement): void {
    if (!isProgress) this.#speak(isUrgent ? 'urgent' : 'polite', text);
    else if (this.#stopPause) this.#waiting = text;
    else this.#sayProgress(text);
  }

  /** What interrupted holds no longer, nor does progress that was not told yet. */
  hush(): void {
    this.#waiting = null;
    for (const line of [...this.#lines.keys()]) {
      if (line.parentElement?.id === 'urgent') this.#remove(line);
    }
  }

  #sayProgress(text: string): void {
    this.#speak('polite', text);
    this.#stopPause = this.#after(PAUSE_MS, () => {
      this.#stopPause = null;
      const next = this.#waiting;
      this.#waiting = null;
      if (next !== null) this.#sayProgress(next);
    });
  }

  #speak(id: 'polite' | 'urgent', text: string): void {
    const region = this.#host.renderRoot?.querySelector<HTMLElement>(`#${id}`);
    if (!region) return;
    const same = [...this.#lines.keys()].find((line) => line.parentElement === region && line.textContent === text);
    // Said a moment ago. What interrupts answers a new act, so it is told anew.
    if (same && id === 'polite') return;
    if (same) this.#remove(same);
    const line = document.createElement('p');
    line.textContent = text;
    region.append(line);
    this.#lines.set(
      line,
      this.#after(STAY_MS, () => this.#remove(line)),
    );
  }

  #remove(line: HTMLElement): void {
    this.#lines.get(line)?.();
    this.#lines.delete(line);
    line.remove();
  }
}
