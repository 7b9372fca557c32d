import type { LitElement } from 'lit';
import type { LinkMaker } from '../../flow/ports.ts';
import type { UploadFlow, UploadSettings } from '../../flow/upload-flow.ts';
import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';
import type { Announcement } from '../announcer.ts';
import { FlowController } from '../flow-controller.ts';
import { Announcements } from './announcements.ts';
import { forwardEvents } from './public-events.ts';
import { SetupHints } from './setup-hints.ts';
import { NO_APP, type Ui, type View } from './view.ts';
import type { WhileSending } from './while-sending.ts';

/** What takes as long as this is worth a pause. */
const LONG_MS = 60_000;

/** Who is told what a change means beyond drawing. */
export interface FlowWatcher {
  readonly view: View | null;
  patch(ui: Partial<Ui>): void;
  say(announcement: Announcement): void;
}

/** The flow of one box: made from its attributes, followed, and what each change means beyond drawing. */
export class BoxFlow {
  readonly hints = new SetupHints();
  readonly #host: LitElement;
  readonly #watcher: FlowWatcher;
  readonly #sending: WhileSending;
  readonly #controller: FlowController<UploadFlow>;
  #announcements = new Announcements();
  #before: UploadSnapshot = NO_APP;
  #links: LinkMaker | null = null;
  #settings = '';
  #listening: AbortController | null = null;

  constructor(host: LitElement, sending: WhileSending, watcher: FlowWatcher) {
    this.#host = host;
    this.#sending = sending;
    this.#watcher = watcher;
    this.#controller = new FlowController<UploadFlow>(host, () => this.#changed());
  }

  get flow(): UploadFlow | null {
    return this.#controller.flow;
  }

  get links(): LinkMaker | null {
    return this.#links;
  }

  /** `unavailable` where the attributes lead to no broker. */
  get snapshot(): UploadSnapshot {
    return this.flow?.snapshot ?? { ...NO_APP, phase: 'unavailable' };
  }

  /** Ends the flow there was and starts with a new one; null where there can be none. */
  begin(made: { flow: UploadFlow; links: LinkMaker } | null, settings: UploadSettings): void {
    this.#listening?.abort();
    this.flow?.close();
    this.#links = made?.links ?? null;
    this.#announcements = new Announcements();
    this.#before = NO_APP;
    this.#settings = '';
    this.#controller.follow(made?.flow ?? null);
    this.configure(settings);
    if (!made) return;
    this.#listening = new AbortController();
    forwardEvents(made.flow, this.#host, this.#listening.signal);
    void made.flow.load();
  }

  /** Each change of the flow draws the element, which calls this: only what differs goes on. */
  configure(settings: UploadSettings): void {
    const fresh = JSON.stringify(settings);
    if (fresh === this.#settings) return;
    this.#settings = fresh;
    this.flow?.configure(settings);
  }

  #changed(): void {
    const before = this.#before;
    const { snapshot } = this;
    if (snapshot === before) return;
    this.#before = snapshot;
    this.#sending.set(snapshot.phase === 'uploading', snapshot.isPaused);
    if (snapshot.phase !== before.phase) {
      this.#watcher.patch({ asking: null, copied: null, isSendingLink: false, takesLong: false });
    }
    // It stays so for the batch: a button that comes and goes cannot be pressed.
    if ((snapshot.msLeft ?? 0) >= LONG_MS) this.#watcher.patch({ takesLong: true });
    if (snapshot.signInNote !== before.signInNote) this.#watcher.patch({ isNoteClosed: false });
    if (snapshot.phase === 'unavailable' && snapshot.problem) this.hints.tell(snapshot.problem.code);
    if (snapshot.signInNote === 'popup-blocked') this.hints.tell('popup_blocked');
    if (snapshot.app && snapshot.app !== before.app) this.#wear(snapshot.app.appearance);
    const { view } = this.#watcher;
    if (view) for (const announcement of this.#announcements.of(before, view)) this.#watcher.say(announcement);
  }

  /** A page's own --su-accent wins: ours is only what it falls back to. Through CSSOM, which every policy allows. */
  #wear(appearance: NonNullable<UploadSnapshot['app']>['appearance']): void {
    const { style } = this.#host;
    if (appearance?.accent) style.setProperty('--_app-accent', appearance.accent);
    else style.removeProperty('--_app-accent');
    if (appearance?.roundness !== undefined) style.setProperty('--_app-roundness', String(appearance.roundness));
    else style.removeProperty('--_app-roundness');
  }
}
