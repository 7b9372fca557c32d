import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LineFacts } from './line.ts';
import type { Traffic } from './server.ts';

export interface NetworkFacts extends LineFacts {
  /** Whether the store works every claimed SHA-256 out again. */
  readonly isChecking: boolean;
  /** Whether small files may travel as forms. */
  readonly takesForms: boolean;
}

/** Origins. */
export interface Ends {
  readonly store: string;
  readonly broker: string;
}

export interface Seen extends Readonly<Traffic> {
  /** Stored, be it as objects or as parts of one to be. */
  readonly bytes: number;
  readonly objects: readonly { readonly size: number; readonly sha256: string | null }[];
}

/** Everything that a page talks to: a child process on the loopback. */
export class Network {
  readonly ends: Ends;
  readonly #child: ChildProcess;
  readonly #gone: Promise<unknown>;

  private constructor(child: ChildProcess, gone: Promise<unknown>, ends: Ends) {
    this.#child = child;
    this.#gone = gone;
    this.ends = ends;
  }

  static async start(facts: NetworkFacts): Promise<Network> {
    const path = fileURLToPath(new URL('./process.ts', import.meta.url));
    const child = fork(path, [JSON.stringify(facts)], { execArgv: ['--import', 'tsx'] });
    const gone = once(child, 'exit');
    return new Network(child, gone, await message<Ends>(child, gone));
  }

  /** What came in since this was asked last. Forgets it. */
  seen(): Promise<Seen> {
    this.#child.send('seen');
    return message<Seen>(this.#child, this.#gone);
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await this.#gone;
  }
}

function message<Message>(child: ChildProcess, gone: Promise<unknown>): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (first) => resolve(first as Message));
    gone.then(() => reject(new Error('The store of the bench ended early')), reject);
  });
}
