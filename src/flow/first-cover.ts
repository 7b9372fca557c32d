import type { Cover } from '../contract/links.ts';
import { RECIPIENT_START, type RecipientSnapshot } from './recipient-snapshot.ts';

export interface FirstCoverPorts<Flow> {
  /** null: the address holds no secret. */
  readonly covers: { readCover(signal: AbortSignal): Promise<Cover | null> } | null;
  /** Whether this browser can save what a page has read. */
  readonly canSave: boolean;
  /** Loads the flow, with what the broker has answered already. */
  open(): Promise<Flow>;
}

/** What a link shows before the recipient's flow is loaded. Dispatches `change` after each change of its snapshot. */
export class FirstCover<Flow> extends EventTarget {
  readonly #ports: FirstCoverPorts<Flow>;
  readonly #closing = new AbortController();
  #snapshot: RecipientSnapshot;

  constructor(ports: FirstCoverPorts<Flow>) {
    super();
    this.#ports = ports;
    const phase = ports.covers === null ? 'cut-link' : 'loading';
    this.#snapshot = { ...RECIPIENT_START, phase, canSave: ports.canSave };
  }

  get snapshot(): RecipientSnapshot {
    return this.#snapshot;
  }

  /** Reads who sends what. False where only the flow can tell what there is instead. */
  async load(): Promise<boolean> {
    const { covers } = this.#ports;
    if (covers === null) return true;
    const cover = await covers.readCover(this.#closing.signal);
    if (cover) this.#show({ phase: 'cover', cover });
    return cover !== null;
  }

  /** Something was pressed that the flow will do. */
  wait(): void {
    this.#show({ isBusy: true });
  }

  open(): Promise<Flow> {
    return this.#ports.open();
  }

  /** The rest of the page cannot be had. */
  fail(): void {
    this.#show({ phase: 'unavailable', isBusy: false });
  }

  close(): void {
    this.#closing.abort();
  }

  #show(change: Partial<RecipientSnapshot>): void {
    if (this.#closing.signal.aborted) return;
    this.#snapshot = { ...this.#snapshot, ...change };
    this.dispatchEvent(new Event('change'));
  }
}
