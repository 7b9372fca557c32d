import type { LitElement, ReactiveController } from 'lit';

export type Scheme = 'light' | 'dark';
/** `page`: follow the page even where the app's appearance says otherwise. */
export type SchemeSetting = Scheme | 'page' | '' | null | undefined;

/** Below this relative luminance black words would be hard to read, so the page counts as dark. */
const DARK_BELOW = 0.18;

/**
 * Light or dark as the page is, not as the device is: most pages are light only and declare nothing, and a box that
 * follows the device would be black on them at night. In order: the setting, the `color-scheme` the page declares
 * (inherited, nothing to do), the background behind the element.
 */
export function pickScheme(element: Element, setting: SchemeSetting): Scheme | null {
  if (setting === 'light' || setting === 'dark') return setting;
  const parent = parentOf(element);
  if (parent && getComputedStyle(parent).colorScheme !== 'normal') return null;
  if (document.querySelector('meta[name="color-scheme"]')) return null;
  for (let behind = parent; behind; behind = parentOf(behind)) {
    const luminance = luminanceOf(getComputedStyle(behind).backgroundColor);
    if (luminance !== null) return luminance < DARK_BELOW ? 'dark' : 'light';
  }
  return 'light';
}

/** The parent as painted: through slots and out of shadow roots. */
function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** Relative luminance of a computed colour; null where one can see through it or it is of an unknown kind. */
export function luminanceOf(color: string): number | null {
  const [, kind, body] = /^(rgba?|color|oklch|oklab|lab|lch)\((.*)\)$/.exec(color) ?? [];
  if (!kind || !body) return null;
  const space = kind === 'color' ? (body.split(' ', 1)[0] ?? '') : kind;
  const figures = kind === 'color' ? body.slice(space.length) : body;
  const [first = 0, second = 0, third = 0, alpha = 1] = (figures.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  if (alpha < 0.5) return null;
  if (space === 'oklch' || space === 'oklab') return first ** 3;
  if (space === 'lab' || space === 'lch') return ((first + 16) / 116) ** 3;
  const scale = kind === 'color' ? 1 : 255;
  return 0.2126 * linear(first / scale) + 0.7152 * linear(second / scale) + 0.0722 * linear(third / scale);
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/** Keeps `color-scheme` of the host right while the page changes its own. */
export class SchemeController implements ReactiveController {
  readonly #host: LitElement;
  readonly #setting: () => SchemeSetting;
  readonly #watch = new MutationObserver(() => this.#apply());
  #applied: SchemeSetting;

  constructor(host: LitElement, setting: () => SchemeSetting) {
    this.#host = host;
    this.#setting = setting;
    host.addController(this);
  }

  hostConnected(): void {
    // Pages switch by a class or an attribute on one of these two.
    for (const place of [document.documentElement, document.body]) this.#watch.observe(place, { attributes: true });
    if (this.#host.hasUpdated) this.#apply();
  }

  hostDisconnected(): void {
    this.#watch.disconnect();
  }

  /** To ask for the colour behind the element lays out the page: not while it is being connected, nor at each draw. */
  hostUpdate(): void {
    if (!this.#host.hasUpdated || this.#setting() !== this.#applied) this.#apply();
  }

  #apply(): void {
    this.#applied = this.#setting();
    const scheme = pickScheme(this.#host, this.#applied) ?? '';
    if (this.#host.style.colorScheme !== scheme) this.#host.style.colorScheme = scheme;
  }
}
