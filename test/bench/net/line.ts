import type { Readable } from 'node:stream';

export interface LineFacts {
  /** ms before each answer, preflights included. */
  readonly delayMs: number;
  /** Bytes per second that all bodies share; null: as fast as the machine. */
  readonly bytesPerSecond: number | null;
}

/** How far a body may run ahead of the line before it is held; Node's timers know whole milliseconds only. */
const SLACK_MS = 5;

/** The way between a page and its servers, in place of a network: how late an answer comes, how fast a body goes. */
export class Line {
  readonly #facts: LineFacts;
  /** When the line has carried everything that was put on it. */
  #freeAt = 0;

  constructor(facts: LineFacts) {
    this.#facts = facts;
  }

  /** Reads a body to its end at the pace of the line; answers its bytes. Fails when the sender goes away. */
  read(body: Readable, take: (chunk: Buffer) => void = () => {}): Promise<number> {
    return new Promise((resolve, reject) => {
      let size = 0;
      body.on('data', (chunk: Buffer) => {
        size += chunk.length;
        take(chunk);
        const ahead = this.#carry(chunk.length);
        if (ahead <= SLACK_MS) return;
        body.pause();
        setTimeout(() => body.resume(), ahead);
      });
      body.on('end', () => resolve(size));
      body.on('error', reject);
      body.on('close', () => reject(new Error('The sender went away')));
    });
  }

  async delay(): Promise<void> {
    const { delayMs } = this.#facts;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  }

  /** Puts bytes on the line; answers the ms until it has carried them. */
  #carry(bytes: number): number {
    const { bytesPerSecond } = this.#facts;
    if (bytesPerSecond === null) return 0;
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (bytes / bytesPerSecond) * 1000;
    return this.#freeAt - now;
  }
}
