import type { LitElement } from 'lit';
import { formatsFor } from '../../i18n/format.ts';
import { langOf } from '../../i18n/messages.ts';
import { uploadCatalogue } from '../../i18n/upload-catalogue.ts';
import { type Announcement, Announcer } from '../announcer.ts';
import { actsFor, type Desk } from './acts.ts';
import { BoxFlow, type FlowWatcher } from './box-flow.ts';
import { isTouchDevice } from './environment.ts';
import { FocusKeeper } from './focus.ts';
import { unwelcomeKinds } from './problem-text.ts';
import { QUIET_UI, type Ui, type View } from './view.ts';
import { type FilesTarget, WaysIn } from './ways-in.ts';
import { WhileSending } from './while-sending.ts';

export interface BoxFacts {
  /** Switched off by the page or its fieldset. */
  readonly isOff: boolean;
  /** Has a name and stands in a form. */
  readonly isInForm: boolean;
}

/** What stands behind one box: its flow, what it remembers by itself, and the view that the templates draw from. */
export class BoxModel implements Desk, FilesTarget, FlowWatcher {
  readonly focusKeeper: FocusKeeper;
  readonly announcer: Announcer;
  readonly flow: BoxFlow;
  readonly ways: WaysIn;
  replacesOnPick = false;
  readonly #host: LitElement;
  readonly #facts: () => BoxFacts;
  readonly #sending: WhileSending;
  readonly #acts = actsFor(this);
  #ui: Ui = QUIET_UI;

  constructor(host: LitElement, facts: () => BoxFacts) {
    this.#host = host;
    this.#facts = facts;
    this.focusKeeper = new FocusKeeper(host);
    this.announcer = new Announcer(host);
    this.#sending = new WhileSending(host, isTouchDevice);
    this.flow = new BoxFlow(host, this.#sending, this);
    this.ways = new WaysIn(host, this);
  }

  /** Null before the app document is there. */
  get view(): View | null {
    const { flow, links, snapshot } = this.flow;
    if (!flow || !links || !snapshot.app) return null;
    const { lang, words: catalogue } = uploadCatalogue.for(langOf(this.#host));
    return {
      snapshot,
      app: snapshot.app,
      flow,
      links,
      acts: this.#acts,
      ui: this.#ui,
      catalogue,
      words: catalogue.words,
      formats: formatsFor(lang),
      lang,
      now: Date.now(),
      isTouch: isTouchDevice(),
      isInForm: this.#facts().isInForm,
      isAwake: this.#sending.isAwake,
    };
  }

  get takesFiles(): boolean {
    const { app, phase } = this.flow.snapshot;
    if (!app || this.#facts().isOff || app.mode === 'paused' || app.mode === 'closed') return false;
    return ['choosing', 'signing-in', 'done', 'part-done', 'not-done'].includes(phase);
  }

  /** The one verb that button, drop and paste end in. */
  accept(files: readonly File[]): void {
    // After "done" the next files are a batch of their own; in a form they all belong together.
    const startsAnew = this.flow.snapshot.phase === 'done' && !this.#facts().isInForm;
    if (this.replacesOnPick || startsAnew) this.flow.flow?.reset();
    this.replacesOnPick = false;
    void this.flow.flow?.accept(files);
  }

  pick(which: 'files' | 'photo'): void {
    this.find<HTMLInputElement>(`#${which}`)?.click();
  }

  refusedKinds(types: readonly string[]): string | null {
    return this.view ? unwelcomeKinds(this.view, types) : null;
  }

  patch(ui: Partial<Ui>): void {
    this.#ui = { ...this.#ui, ...ui };
    this.#host.requestUpdate();
  }

  say(announcement: Announcement): void {
    this.announcer.say(announcement);
  }

  find<Found extends HTMLElement = HTMLElement>(selector: string): Found | null {
    return this.#host.renderRoot.querySelector<Found>(selector);
  }

  /** Its words and its form come when somebody asks for them. */
  async loadLinkSender(): Promise<void> {
    await import('../send-link/define.ts');
  }
}
