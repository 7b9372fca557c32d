import type { ChosenFile } from '../../flow/item-list.ts';
import { firstCatalogue } from '../../i18n/first-catalogue.ts';
import { firstFormatsFor } from '../../i18n/first-format.ts';
import { uploaderLanguages } from '../../i18n/uploader-languages.ts';
import type { Announcement } from '../announcer.ts';
import { LanguageController } from '../language.ts';
import type { BoxFacts } from './box-facts.ts';
import { BoxFlow } from './box-flow.ts';
import type { Desk } from './desk.ts';
import { isTouchDevice } from './environment.ts';
import { type Dropped, type FirstFiles, FirstWays } from './first-ways.ts';
import type { BoxHost } from './open-box.ts';
import type { FirstActs, Input } from './presses.ts';
import { QUIET_UI, type Ui } from './ui.ts';
import type { FirstView, View } from './view.ts';

/** What stands behind one box: its flow, what it remembers by itself, and the view that the templates draw from. */
export class BoxModel implements Desk, FirstFiles {
  readonly flow: BoxFlow;
  readonly ways: FirstWays;
  readonly language: LanguageController;
  replacesOnPick = false;
  readonly #host: BoxHost;
  readonly #facts: () => BoxFacts;
  #ui: Ui = QUIET_UI;

  readonly firstActs: FirstActs = {
    patch: (ui) => {
      this.patch(ui);
      void this.flow.prepare();
    },
    pick: (which) => {
      this.replacesOnPick = false;
      this.pick(which);
    },
    chooseFirst: () => {
      this.patch({ choosesFirst: true });
      void this.#host.updateComplete.then(() => this.find('#choose')?.focus());
    },
    signIn: () => this.flow.signIn(!this.#facts().leavesToSignIn),
  };

  constructor(host: BoxHost, facts: () => BoxFacts) {
    this.#host = host;
    this.#facts = facts;
    this.flow = new BoxFlow(host, async (parts, before) => {
      const { OpenBox } = await import('./open-box.ts');
      const open = new OpenBox(host, this, parts, { before, facts });
      await open.isReady;
      return open;
    });
    this.ways = new FirstWays(host, this);
    this.language = new LanguageController(host, uploaderLanguages);
  }

  /** Null before the app document and the words are there. */
  get first(): FirstView | null {
    const { snapshot } = this.flow;
    if (!snapshot.app || this.language.lang === null) return null;
    const { lang, words } = firstCatalogue.for(this.language.lang);
    return {
      snapshot,
      app: snapshot.app,
      acts: this.firstActs,
      ui: this.#ui,
      words: words.words,
      families: words.families,
      formats: firstFormatsFor(lang, words.figures),
      lang,
      isTouch: isTouchDevice(),
      isInForm: this.#facts().isInForm,
      leavesToSignIn: this.#facts().leavesToSignIn,
      late: null,
    };
  }

  /** Null before the rest of the box is loaded, too. */
  get view(): View | null {
    const { first } = this;
    return first && (this.flow.open?.view(first) ?? null);
  }

  get takesFiles(): boolean {
    const { app, phase } = this.flow.snapshot;
    if (!app || this.#facts().isOff || app.mode === 'paused' || app.mode === 'closed') return false;
    return ['choosing', 'signing-in', 'done', 'part-done', 'not-done'].includes(phase);
  }

  /** The one verb that button, drop and paste end in. */
  accept(files: readonly (File | ChosenFile)[]): void {
    // After "done" the next files are a batch of their own; in a form they all belong together.
    const startsAnew = this.flow.snapshot.phase === 'done' && !this.#facts().isInForm;
    if (this.replacesOnPick || startsAnew) this.flow.flow?.reset();
    this.replacesOnPick = false;
    this.flow.whenOpen((open) => void open.accept(files));
  }

  dropped(things: readonly Dropped[]): void {
    this.flow.whenOpen(({ ways }) => ways.dropped(things));
  }

  picked(files: readonly File[], isFolder: boolean): void {
    this.flow.whenOpen(({ ways }) => ways.picked(files, isFolder));
  }

  pick(which: Input): void {
    void this.flow.prepare();
    if (which === 'files' && this.flow.open?.pickFiles()) return;
    this.find<HTMLInputElement>(`#${which}`)?.click();
  }

  patch(ui: Partial<Ui>): void {
    this.#ui = { ...this.#ui, ...ui };
    this.#host.requestUpdate();
  }

  say(announcement: Announcement): void {
    this.flow.open?.announcer.say(announcement);
  }

  find<Found extends HTMLElement = HTMLElement>(selector: string): Found | null {
    return this.#host.renderRoot.querySelector<Found>(selector);
  }

  /** Where the browser points at when the form cannot be sent. */
  get formAnchor(): HTMLElement | undefined {
    // Where there is a heading it is the first of these, and stays. WebKitGTK 2.50 was seen to crash in half of all runs where a
    // form had pointed at a button that was gone a moment later.
    return this.find('#upload, #choose, #add-more, #heading') ?? undefined;
  }
}
