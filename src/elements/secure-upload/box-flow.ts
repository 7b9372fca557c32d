import type { LitElement } from 'lit';
import { FirstLook, type UploadParts } from '../../flow/first-look.ts';
import { type FirstSnapshot, NOTHING_YET } from '../../flow/first-snapshot.ts';
import type { UploadFlow } from '../../flow/upload-flow.ts';
import { FlowController } from '../flow-controller.ts';
import { whenQuiet } from './environment.ts';
import type { OpenBox } from './open-box.ts';
import type { Setup } from './setup.ts';
import type { Pasted } from './slips.ts';

/** Loads the rest of the box, around a flow; `before` was shown of it already. */
export type OpenRest = (parts: UploadParts, before: FirstSnapshot | undefined) => Promise<OpenBox>;

const quiet = (): void => {};

/**
 * The flow of one box: first a look at the app, and then, when somebody comes near or the page has nothing else to do,
 * the flow itself with the rest of the box.
 */
export class BoxFlow {
  readonly #host: LitElement & Pasted;
  readonly #openRest: OpenRest;
  readonly #controller: FlowController<FirstLook | UploadFlow>;
  #open: OpenBox | null = null;
  #opening: Promise<OpenBox> | null = null;
  #setup: Promise<Setup> | null = null;
  #before: FirstSnapshot = NOTHING_YET;
  #answer: Promise<void> | null = null;

  constructor(host: LitElement & Pasted, openRest: OpenRest) {
    this.#host = host;
    this.#openRest = openRest;
    this.#controller = new FlowController<FirstLook | UploadFlow>(host, () => this.#changed());
  }

  /** True once a flow that was there from the start has the rest of the box around it. */
  get isComing(): Promise<boolean> {
    const isGiven = this.#opening !== null && this.#open === null && !(this.#controller.flow instanceof FirstLook);
    return isGiven ? this.prepare().then(() => true) : Promise.resolve(false);
  }

  /** Kept once there is more to show than that it is loading; null where nothing was asked for. */
  get answer(): Promise<void> | null {
    return this.#answer;
  }

  /** Null before it is loaded. */
  get open(): OpenBox | null {
    return this.#open;
  }

  get flow(): UploadFlow | null {
    return this.#open?.parts.flow ?? null;
  }

  /** `unavailable` where the attributes lead to no broker. */
  get snapshot(): FirstSnapshot {
    return this.#controller.flow?.snapshot ?? { ...NOTHING_YET, phase: 'unavailable' };
  }

  /**
   * Has whoever builds the page told something: in the console, and where no visitor can be, below the box. What tells
   * them is loaded when there is something to tell; where it does not come, at least the code is there.
   */
  hint(act: (setup: Setup) => unknown, code?: string): void {
    this.#setup ??= import('./setup.ts').then(({ Setup }) => new Setup(this.#host, () => this.snapshot));
    this.#setup.then(act, () => code && console.warn(`[secure-upload] ${code}`));
  }

  /** Ends the flow there was and starts with a new one; null where there can be none. */
  begin(made: FirstLook | UploadParts | null): void {
    if (this.#open) this.#open.end();
    else this.#controller.flow?.close();
    this.#open = null;
    this.#opening = null;
    this.#before = NOTHING_YET;
    // What was told of the app before is over.
    this.#setup?.then((setup) => setup.forget(), quiet);
    const flow = made instanceof FirstLook ? made : (made?.flow ?? null);
    this.#controller.follow(flow);
    if (made && !(made instanceof FirstLook)) this.#opening = this.#take(made);
    const answer = flow?.load() ?? null;
    this.#answer = flow instanceof FirstLook ? answer : null;
    if (!flow) this.hint((setup) => setup.look());
  }

  /** Loads the rest ahead of its use. What goes wrong shows when it is used. */
  prepare(): Promise<void> {
    return this.#load().then(quiet, quiet);
  }

  /** Within the person's press: a window opens at once, whatever is still to be loaded. */
  signIn(isByWindow: boolean): void {
    const { flow: first } = this.#controller;
    const early = first instanceof FirstLook ? first.early : null;
    if (isByWindow) early?.open();
    this.use((flow) => {
      flow.signIn();
      // Where it came to nothing, nobody waits for that window.
      early?.close();
    });
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
    return this.#take(parts, first);
  }

  /** After a first look the flow is loaded once the rest is there to hear of it. */
  async #take(parts: UploadParts, first?: FirstLook): Promise<OpenBox> {
    const open = await this.#openRest(parts, first?.snapshot);
    if (first) await parts.flow.load();
    if (this.#controller.flow !== (first ?? parts.flow)) {
      open.end();
      throw new TypeError('Another app took its place');
    }
    this.#open = open;
    this.#controller.follow(parts.flow);
    // A flow that was there from the start has changed while nobody could say what that means.
    open.changed();
    return open;
  }

  #changed(): void {
    const before = this.#before;
    const { snapshot } = this;
    if (snapshot === before) return;
    this.#before = snapshot;
    const { app, phase, problem } = snapshot;
    if (app && app !== before.app) {
      this.#wear(app.appearance);
      // There before somebody needs it, and after everything that the page wants to show first.
      if (!this.#open) whenQuiet(() => void this.prepare());
    }
    if (phase === 'unavailable' && problem) this.hint((setup) => setup.tell(problem.code), problem.code);
    this.#open?.changed();
  }

  /**
   * A page's own --su-accent wins: ours is only what it falls back to. Through CSSOM, which every policy allows, and where
   * an empty value takes the property away.
   */
  #wear(appearance: NonNullable<FirstSnapshot['app']>['appearance']): void {
    const { style } = this.#host;
    style.setProperty('--_app-accent', appearance?.accent ?? '');
    style.setProperty('--_app-roundness', String(appearance?.roundness ?? ''));
  }
}
