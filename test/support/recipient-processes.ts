import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, TestDeps } from './broker.ts';
import type { PageKey } from './page-key.ts';

const PROGRAM = fileURLToPath(new URL('./recipient-process.ts', import.meta.url));

/** A broker that recipients reach by HTTP: a process of its own on a database that a LinkRig has filled. */
export class RecipientProcess {
  readonly #child: ChildProcess;
  readonly #url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = url;
  }

  /** `database`: of PostgreSQL, or a folder of PGlite. With `stands`, no claim is answered after its commit. */
  static async start(database: string, options: { stands?: boolean } = {}): Promise<RecipientProcess> {
    const child = fork(PROGRAM, [database, ...(options.stands ? ['stands'] : [])], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [url] = (await once(child, 'message')) as [string];
    return new RecipientProcess(child, url);
  }

  /** `deps`: those of the rig, whose clock and nonces hold in every process on its database. */
  async ask(deps: TestDeps, step: string, recipientToken: string, key: PageKey): Promise<Answer> {
    const path = `/v1/recipient/${step}`;
    const headers = await key.headers(deps, 'POST', path, recipientToken);
    const answer = await fetch(this.#url + path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{}',
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  }

  async claimed(): Promise<void> {
    await once(this.#child, 'message');
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  async close(): Promise<void> {
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }
}
