import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';

const Message = v.object({
  id: v.optional(v.number()),
  method: v.optional(v.string()),
  params: v.optional(v.unknown()),
  result: v.optional(v.unknown()),
  error: v.optional(v.object({ message: v.string() })),
});

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The DevTools protocol over Chromium's pipe (`--remote-debugging-pipe`: JSON, ended by a zero byte), and nothing on top:
 * tools that drive a browser switch its Network domain on, which alone took 30 % of full speed (measured).
 */
export class Cdp {
  readonly #out: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners: ((method: string, params: unknown) => void)[] = [];
  #lastId = 0;
  #text = '';
  #fail: (error: Error) => void = () => {};
  /** Fails when the browser goes away. */
  readonly ended = new Promise<never>((_, reject) => {
    this.#fail = reject;
  });

  constructor(out: Writable, input: Readable) {
    this.#out = out;
    input.setEncoding('utf8');
    input.on('data', (text: string) => this.#take(text));
    input.on('close', () => this.#end());
    out.on('error', () => this.#end());
    // Whoever waits for nothing needs no word of the end.
    this.ended.catch(() => {});
  }

  /** Fails with the browser's own words, and when the browser goes away. */
  async send<Schema extends v.GenericSchema>(
    method: string,
    answer: Schema,
    params: object = {},
    sessionId?: string,
  ): Promise<v.InferOutput<Schema>> {
    this.#lastId += 1;
    const id = this.#lastId;
    const result = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#out.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });
    return v.parse(answer, result);
  }

  onEvent(listen: (method: string, params: unknown) => void): void {
    this.#listeners.push(listen);
  }

  #take(text: string): void {
    const [first = '', ...more] = text.split('\0');
    this.#text += first;
    for (const next of more) {
      this.#read(this.#text);
      this.#text = next;
    }
  }

  #read(text: string): void {
    const { id, method, params, result, error } = v.parse(Message, JSON.parse(text));
    if (id === undefined) {
      for (const listen of this.#listeners) listen(method ?? '', params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }

  #end(): void {
    const error = new Error('Chromium ended');
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#fail(error);
  }
}
