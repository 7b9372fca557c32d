import type { LitElement } from 'lit';
import { FirstLook, type UploadParts } from '../../flow/first-look.ts';
import { NO_APP } from '../../flow/no-app.ts';
import type { UploadFlow, UploadSettings } from '../../flow/upload-flow.ts';
import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';
import { FlowController } from '../flow-controller.ts';
import { whenQuiet } from './environment.ts';
import type { OpenBox } from './open-box.ts';
import { SetupHints } from './setup-hints.ts';
import type { Pasted } from './slips.ts';

/** Loads the rest of the box, around a flow. */
export type OpenRest = (parts: UploadParts) => Promise<OpenBox>;

/**
 * The flow of one box: first a look at the app, and then, when somebody comes near or the page has nothing else to do,
 * the flow itself with the rest of the box.
 */
export class BoxFlow {
  readonly hints: SetupHints;
  readonly #host: LitElement & Pasted;
  readonly #openRest: OpenRest;
  readonly #controller: FlowController<FirstLook | UploadFlow>;
  #open: OpenBox | null = null;
  #opening: Promise<OpenBox> | null = null;
  #before: UploadSnapshot = NO_APP;
  #settings: UploadSettings = {};
  #toldSettings = '';

  constructor(host: LitElement & Pasted, openRest: OpenRest) {
    this.#host = host;
    this.#openRest = openRest;
    this.hints = new SetupHints(host, () => this.snapshot);
    this.#controller = new FlowController<FirstLook | UploadFlow>(host, () => this.#changed());
  }

  /** True once a flow that was there from the start has the rest of the box around it. */
  get isComing(): Promise<boolean> {
    const isGiven = this.#opening !== null && this.#open === null && !(this.#controller.flow instanceof FirstLook);
    return isGiven ? this.prepare().then(() => true) : Promise.resolve(false);
  }

  /** Null before it is loaded. */
  get open(): OpenBox | null {
    return this.#open;
  }

  get flow(): UploadFlow | null {
    return this.#open?.parts.flow ?? null;
  }

  /** `unavailable` where the attributes lead to no broker. */
  get snapshot(): UploadSnapshot {
    return this.#controller.flow?.snapshot ?? { ...NO_APP, phase: 'unavailable' };
  }

  /** Ends the flow there was and starts with a new one; null where there can be none. */
  begin(made: FirstLook | UploadParts | null, settings: UploadSettings): void {
    if (this.#open) this.#open.end();
    else this.#controller.flow?.close();
    this.#open = null;
    this.#opening = null;
    this.#before = NO_APP;
    this.#toldSettings = '';
    this.hints.forget();
    const flow = made instanceof FirstLook ? made : (made?.flow ?? null);
    this.#controller.follow(flow);
    this.configure(settings);
    if (made && !(made instanceof FirstLook)) this.#opening = this.#take(made);
    if (flow) void flow.load();
    else this.hints.look();
  }

  /** Each change of the flow draws the element, which calls this: only what differs goes on. */
  configure(settings: UploadSettings): void {
    const fresh = JSON.stringify(settings);
    if (fresh === this.#toldSettings) return;
    this.#toldSettings = fresh;
    this.#settings = settings;
    const { flow } = this.#controller;
    if (flow && !(flow instanceof FirstLook)) flow.configure(settings);
  }

  /** Loads the rest ahead of its use. What goes wrong shows when it is used. */
  prepare(): Promise<void> {
    return this.#load().then(
      () => {},
      () => {},
    );
  }

  /** Does this with the flow: at once where it is there, so within the person's click. */
  use(act: (flow: UploadFlow) => void): void {
    this.whenOpen(({ parts }) => act(parts.flow));
  }

  /** The same with all the rest of the box. */
  whenOpen(act: (open: OpenBox) => void): void {
    const first = this.#controller.flow;
    if (this.#open) act(this.#open);
    else this.#load().then(act, (error) => first instanceof FirstLook && first.fail(error));
  }

  #load(): Promise<OpenBox> {
    const first = this.#controller.flow;
    this.#opening ??= first instanceof FirstLook ? this.#takeOver(first) : Promise.reject(new TypeError('No app'));
    this.#opening.catch(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #takeOver(first: FirstLook): Promise<OpenBox> {
    const parts = await first.open();
    if (!parts) throw new TypeError('No app');
    parts.flow.configure(this.#settings);
    await parts.flow.load();
    return this.#take(parts, first);
  }

  async #take(parts: UploadParts, after: FirstLook | UploadFlow = parts.flow): Promise<OpenBox> {
    const open = await this.#openRest(parts);
    if (this.#controller.flow !== after) {
      open.end();
      throw new TypeError('Another app took its place');
    }
    this.#open = open;
    // One that was there from the start has changed while nobody could say what that means.
    if (after === parts.flow) this.#before = NO_APP;
    this.#controller.follow(parts.flow);
    return open;
  }

  #changed(): void {
    const before = this.#before;
    const { snapshot } = this;
    if (snapshot === before) return;
    this.#before = snapshot;
    if (snapshot.phase === 'unavailable' && snapshot.problem) void this.hints.tell(snapshot.problem.code);
    if (snapshot.signInNote === 'popup-blocked') void this.hints.tell('popup_blocked');
    if (snapshot.app && snapshot.app !== before.app) {
      this.#wear(snapshot.app.appearance);
      // There before somebody needs it, and after everything that the page wants to show first.
      if (!this.#open) whenQuiet(() => void this.prepare());
    }
    this.#open?.changed(before, snapshot);
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
