import * as v from 'valibot';
import type { Cdp } from './cdp.ts';

const Nothing = v.unknown();
const Evaluated = v.object({
  result: v.object({ value: v.optional(v.unknown()) }),
  exceptionDetails: v.optional(
    v.object({ text: v.string(), exception: v.optional(v.object({ description: v.optional(v.string()) })) }),
  ),
});
const Heap = v.object({
  usedSize: v.number(),
  embedderHeapUsedSize: v.optional(v.number(), 0),
  backingStorageSize: v.optional(v.number(), 0),
});
const Attached = v.object({ sessionId: v.string(), targetInfo: v.object({ type: v.string() }) });

/** What scripts hold, garbage included: objects, what the DOM keeps for them, and array buffers. Bytes. */
export interface HeapBytes {
  readonly page: number;
  readonly workers: number;
}

/** A page and the workers that it starts. No domain of the protocol is switched on. */
export class Page {
  readonly #cdp: Cdp;
  readonly #session: string;
  readonly #workers = new Set<string>();

  private constructor(cdp: Cdp, session: string) {
    this.#cdp = cdp;
    this.#session = session;
    cdp.onEvent((method, params) => {
      if (method === 'Target.attachedToTarget') {
        const { sessionId, targetInfo } = v.parse(Attached, params);
        if (targetInfo.type === 'worker') this.#workers.add(sessionId);
      } else if (method === 'Target.detachedFromTarget') {
        this.#workers.delete(v.parse(v.object({ sessionId: v.string() }), params).sessionId);
      }
    });
  }

  static async attach(cdp: Cdp, targetId: string): Promise<Page> {
    const answer = v.object({ sessionId: v.string() });
    const { sessionId } = await cdp.send('Target.attachToTarget', answer, { targetId, flatten: true });
    const page = new Page(cdp, sessionId);
    await page.#send('Target.setAutoAttach', Nothing, {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: true,
    });
    return page;
  }

  /** The value of an expression, when its promise is kept. Fails with what was thrown in the page. */
  async evaluate<Schema extends v.GenericSchema>(expression: string, answer: Schema): Promise<v.InferOutput<Schema>> {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails: thrown } = await this.#send('Runtime.evaluate', Evaluated, params);
    if (thrown) throw new Error(`In the page: ${thrown.exception?.description ?? thrown.text}`);
    return v.parse(answer, result.value);
  }

  /** Puts files of the disk into the page's file input, as a person's choice does. */
  async choose(paths: readonly string[]): Promise<void> {
    const node = v.object({ nodeId: v.number() });
    const { root } = await this.#send('DOM.getDocument', v.object({ root: node }), { depth: 0 });
    const params = { nodeId: root.nodeId, selector: 'input[type=file]' };
    const { nodeId } = await this.#send('DOM.querySelector', node, params);
    await this.#send('DOM.setFileInputFiles', Nothing, { nodeId, files: paths });
  }

  /** Makes the CPU of this page so many times slower. */
  async slowDown(times: number): Promise<void> {
    await this.#send('Emulation.setCPUThrottlingRate', Nothing, { rate: times });
  }

  /** Resolves when the answer has begun to come. */
  async go(url: string): Promise<void> {
    await this.#send('Page.navigate', Nothing, { url });
  }

  /** How many workers it has now. */
  get workers(): number {
    return this.#workers.size;
  }

  async collectGarbage(): Promise<void> {
    await this.#send('HeapProfiler.collectGarbage', Nothing);
  }

  async heap(): Promise<HeapBytes> {
    const [page, ...workers] = await Promise.all([
      this.#heapOf(this.#session),
      // One may have ended between the two messages.
      ...[...this.#workers].map((session) => this.#heapOf(session).catch(() => 0)),
    ]);
    return { page, workers: workers.reduce((sum, bytes) => sum + bytes, 0) };
  }

  async #heapOf(session: string): Promise<number> {
    const heap = await this.#cdp.send('Runtime.getHeapUsage', Heap, {}, session);
    return heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize;
  }

  #send<Schema extends v.GenericSchema>(method: string, answer: Schema, params: object = {}) {
    return this.#cdp.send(method, answer, params, this.#session);
  }
}
