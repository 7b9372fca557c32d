import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Longer than any part takes on a busy machine: one that hangs fails the run. */
const ANSWER_MS = 60_000;

/**
 * One part of the whole in a process of its own, to be killed and started again. The next one always stands by with its
 * code loaded, so that a restart takes as long as opening folders and no longer.
 */
export class Part {
  readonly name: string;
  readonly #file: string;
  readonly #time: string;
  #spare: ChildProcess | null = null;
  #running: ChildProcess | null = null;
  #order: object | null = null;
  #isClosing = false;

  /** `time` is the setting of fast-time.mjs. */
  constructor(name: 'broker' | 'store' | 'provider', time: string) {
    this.name = name;
    this.#file = here(`./${name}.ts`);
    this.#time = time;
    this.#prepare();
  }

  get isUp(): boolean {
    return this.#running !== null;
  }

  /** Answers what the part says of itself. Fails with the words of what went wrong there. */
  async start(order: object): Promise<string> {
    this.#order = order;
    return this.restart();
  }

  /** As it was started the last time. */
  async restart(): Promise<string> {
    const child = this.#spare;
    if (!child || !this.#order) throw new Error(`${this.name} is over`);
    this.#spare = null;
    this.#running = child;
    this.#prepare();
    return ask<string>(child, { start: this.#order });
  }

  ask<Answer>(question: object): Promise<Answer> {
    if (!this.#running) throw new Error(`${this.name} does not run`);
    return ask<Answer>(this.#running, question);
  }

  /** As a power cut would: no handler runs. */
  async kill(): Promise<void> {
    const child = this.#running;
    this.#running = null;
    if (child) await end(child);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const children = [this.#running, this.#spare];
    this.#running = null;
    this.#spare = null;
    for (const child of children) if (child) await end(child);
  }

  #prepare(): void {
    if (this.#isClosing) return;
    this.#spare = fork(this.#file, [], {
      execArgv: ['--import', here('../fast-time.mjs'), '--import', 'tsx'],
      env: { ...process.env, FAST_TIME: this.#time },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#spare.setMaxListeners(0);
  }
}

let lastId = 0;

async function ask<Answer>(child: ChildProcess, question: object): Promise<Answer> {
  lastId += 1;
  const id = lastId;
  return new Promise<Answer>((resolve, reject) => {
    const done = (act: () => void) => {
      clearTimeout(timer);
      child.off('message', hear);
      child.off('exit', gone);
      act();
    };
    const hear = (message: unknown) => {
      const { to, answer, error } = message as { to?: number; answer: Answer; error?: string };
      if (to === id) done(() => (error === undefined ? resolve(answer) : reject(new Error(error))));
    };
    const gone = () => done(() => reject(new Error('The process ended')));
    const timer = setTimeout(() => done(() => reject(new Error('The process does not answer'))), ANSWER_MS);
    child.on('message', hear);
    child.on('exit', gone);
    child.send({ id, question });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** The other side: answers questions, one at a time or many, and ends with whoever asks. */
export function answerQuestions(answer: (question: Record<string, unknown>) => Promise<unknown>): void {
  process.on('disconnect', () => process.exit());
  process.on('message', (message) => {
    const { id, question } = message as { id: number; question: Record<string, unknown> };
    answer(question).then(
      (given) => process.send?.({ to: id, answer: given ?? null }),
      (error: unknown) =>
        process.send?.({ to: id, error: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }),
    );
  });
}
