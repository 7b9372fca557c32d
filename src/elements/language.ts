import type { LitElement, ReactiveController } from 'lit';
import type { Languages } from '../i18n/languages.ts';
import { langOf } from '../i18n/messages.ts';

/** Follows the language an element stands in: its own `lang` or the nearest one around it, also out of shadow roots. */
export class LanguageController implements ReactiveController {
  readonly #host: LitElement;
  readonly #languages: Pick<Languages<object>, 'load'>;
  readonly #watch = new MutationObserver(() => this.#look());
  #asked: string | null = null;
  #lang: string | null = null;
  #coming: Promise<void> | null = null;

  constructor(host: LitElement, languages: Pick<Languages<object>, 'load'>) {
    this.#host = host;
    this.#languages = languages;
    host.addController(this);
  }

  /**
   * What to speak. Null before the words of the first language are here: nothing is to be read until then, so that no
   * sentence turns from English into another language under the eyes. Later ones take over when they are here.
   */
  get lang(): string | null {
    return this.#lang;
  }

  /** Once there is something to speak. */
  get isHere(): Promise<void> {
    return this.#coming ?? Promise.resolve();
  }

  hostConnected(): void {
    for (let at: Node | null = this.#host; at; ) {
      const root: Node = at.getRootNode();
      this.#watch.observe(root, { subtree: true, attributeFilter: ['lang'] });
      at = root instanceof ShadowRoot ? root.host : null;
    }
    this.#look();
  }

  hostDisconnected(): void {
    this.#watch.disconnect();
  }

  #look(): void {
    const asked = langOf(this.#host);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const show = () => {
      if (asked !== this.#asked) return;
      this.#lang = asked;
      this.#host.requestUpdate();
    };
    const coming = this.#languages.load(asked);
    if (coming) this.#coming = coming.then(show);
    else show();
  }
}
