import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Draws the host again whenever the flow says 'change'. A flow outlives a move of the element within the page: a
 * disconnect only stops listening, so files on their way stay on their way.
 */
export class FlowController<Flow extends EventTarget> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onChange: () => void;
  #flow: Flow | null = null;
  #isConnected = false;

  constructor(host: ReactiveControllerHost, onChange: () => void = () => {}) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  get flow(): Flow | null {
    return this.#flow;
  }

  follow(flow: Flow | null): void {
    this.#flow?.removeEventListener('change', this.#changed);
    this.#flow = flow;
    if (this.#isConnected) flow?.addEventListener('change', this.#changed);
    this.#changed();
  }

  hostConnected(): void {
    this.#isConnected = true;
    if (!this.#flow) return;
    this.#flow.addEventListener('change', this.#changed);
    this.#changed();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#flow?.removeEventListener('change', this.#changed);
  }

  readonly #changed = (): void => {
    this.#onChange();
    this.#host.requestUpdate();
  };
}
