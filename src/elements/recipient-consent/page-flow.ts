import type { ReactiveControllerHost } from 'lit';
import { FirstCover } from '../../flow/first-cover.ts';
import type { RecipientSteps } from '../../flow/recipient-flow.ts';
import { RECIPIENT_START, type RecipientSnapshot } from '../../flow/recipient-snapshot.ts';
import { FlowController } from '../flow-controller.ts';
import type { OpenPage } from './open-page.ts';

/** Loads the rest of the page, around a flow. */
export type OpenRest = (steps: RecipientSteps) => Promise<OpenPage>;

/** The flow of one link: first its cover, and then, with the first act or where there is no cover, the flow itself. */
export class PageFlow {
  readonly #openRest: OpenRest;
  readonly #controller: FlowController<FirstCover<RecipientSteps> | RecipientSteps>;
  #open: OpenPage | null = null;
  #opening: Promise<OpenPage> | null = null;
  #before: RecipientSnapshot = RECIPIENT_START;

  constructor(host: ReactiveControllerHost, openRest: OpenRest) {
    this.#openRest = openRest;
    this.#controller = new FlowController<FirstCover<RecipientSteps> | RecipientSteps>(host, () => this.#changed());
  }

  /** True once a flow that was there from the start has the rest of the page around it. */
  get isComing(): Promise<boolean> {
    const isGiven = this.#opening !== null && this.#open === null && !this.#first;
    return isGiven ? this.prepare().then(() => true) : Promise.resolve(false);
  }

  /** Null before it is loaded. */
  get open(): OpenPage | null {
    return this.#open;
  }

  get snapshot(): RecipientSnapshot | null {
    return this.#controller.flow?.snapshot ?? null;
  }

  /** Ends the flow there was and starts with a new one. */
  begin(made: FirstCover<RecipientSteps> | RecipientSteps): void {
    if (this.#open) this.#open.end();
    this.#controller.flow?.close();
    this.#open = null;
    this.#opening = null;
    this.#before = RECIPIENT_START;
    this.#controller.follow(made);
    if (made instanceof FirstCover) {
      void made.load().then((isShown) => isShown || this.use(() => {}));
    } else {
      this.#opening = this.#take(made, made);
      void made.load();
    }
  }

  /** Loads the rest ahead of its use. What goes wrong shows when it is used. */
  prepare(): Promise<void> {
    return this.#load().then(
      () => {},
      () => {},
    );
  }

  /** Does this with the whole page: at once where it is there, so within the person's press. */
  use(act: (page: OpenPage) => void): void {
    const first = this.#first;
    if (this.#open) act(this.#open);
    else {
      first?.wait();
      this.#load().then(act, () => first?.fail());
    }
  }

  get #first(): FirstCover<RecipientSteps> | null {
    const { flow } = this.#controller;
    return flow instanceof FirstCover ? flow : null;
  }

  #load(): Promise<OpenPage> {
    const first = this.#first;
    this.#opening ??= first ? this.#takeOver(first) : Promise.reject(new TypeError('No link'));
    this.#opening.catch(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #takeOver(first: FirstCover<RecipientSteps>): Promise<OpenPage> {
    const steps = await first.open();
    await steps.load();
    return this.#take(steps, first);
  }

  async #take(steps: RecipientSteps, after: FirstCover<RecipientSteps> | RecipientSteps): Promise<OpenPage> {
    const open = await this.#openRest(steps);
    if (this.#controller.flow !== after) {
      open.end();
      steps.close();
      throw new TypeError('Another link took its place');
    }
    this.#open = open;
    // One that was there from the start has changed while nobody could say what that means.
    if (after === steps) this.#before = RECIPIENT_START;
    this.#controller.follow(steps);
    return open;
  }

  #changed(): void {
    const before = this.#before;
    const { snapshot } = this;
    if (snapshot === null || snapshot === before) return;
    this.#before = snapshot;
    this.#open?.changed(before, snapshot);
  }
}
