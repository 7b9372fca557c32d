import type { LitElement, ReactiveController } from 'lit';
import type { UploadFlow } from '../../flow/upload-flow.ts';
import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';
import { isBusy } from './form-value.ts';
import type { Ui } from './ui.ts';

type Hold = Ui['formHold'];

/** What the form and the box see of each other. */
export interface InForm extends LitElement {
  readonly form: HTMLFormElement | null;
  readonly submitBy: 'refuse' | 'wait' | '';
  reportValidity(): boolean;
}

/** States of the box in which nothing moves until the person acts. */
const AT_REST: readonly UploadSnapshot['phase'][] = ['choosing', 'part-done', 'not-done'];

/**
 * A form that is submitted while files are on their way: refused with the reason, or held until they are uploaded and
 * then submitted as it would have been. Listens before the page's own listeners, which may send by themselves.
 */
export class FormHold implements ReactiveController {
  readonly #box: InForm;
  readonly #flow: UploadFlow;
  readonly #show: (hold: Hold) => void;
  #root: Node | null = null;
  #held: { readonly submitter: HTMLElement | null; wasMoving: boolean } | null = null;

  constructor(box: InForm, flow: UploadFlow, show: (hold: Hold) => void) {
    this.#box = box;
    this.#flow = flow;
    this.#show = show;
    box.addController(this);
  }

  hostConnected(): void {
    this.#root = this.#box.getRootNode();
    this.#root.addEventListener('submit', this.#submitted, { capture: true });
  }

  hostDisconnected(): void {
    this.#root?.removeEventListener('submit', this.#submitted, { capture: true });
    this.#root = null;
    this.#held = null;
  }

  /** The form has its new values; `shown` is what the person sees of this, and may have taken back. */
  look(shown: Hold): void {
    const { snapshot } = this.#flow;
    if (shown !== 'waiting') this.#held = null;
    if (!this.#held) return;
    const isAtRest = AT_REST.includes(snapshot.phase) && !snapshot.isStarting;
    const isComplete = snapshot.aside === 0 && snapshot.items.every(({ phase }) => phase === 'uploaded');
    if (!isBusy(snapshot)) this.#end(isComplete);
    else if (isAtRest && this.#held.wasMoving) this.#end(false);
    else this.#held.wasMoving ||= !isAtRest;
  }

  readonly #submitted = (event: Event): void => {
    const { snapshot } = this.#flow;
    if (event.target !== this.#box.form || this.#box.matches(':disabled')) return;
    this.#show(null);
    if (!isBusy(snapshot)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.#box.submitBy !== 'wait') {
      // Only a form without validation of its own comes as far as this.
      this.#box.reportValidity();
      return;
    }
    this.#held = { submitter: event instanceof SubmitEvent ? event.submitter : null, wasMoving: false };
    this.#show('waiting');
    // Within the press on the form's button, because the sign-in window may open.
    if (snapshot.phase === 'choosing') this.#flow.upload();
  };

  #end(isComplete: boolean): void {
    const submitter = this.#held?.submitter;
    const { form } = this.#box;
    this.#held = null;
    this.#show(isComplete ? null : 'not-sent');
    if (isComplete && form) form.requestSubmit(submitter?.isConnected ? submitter : null);
  }
}
