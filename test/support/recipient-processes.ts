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

  /**
   * `deps`: those of the rig, whose clock holds in every process. As a page does, proves anew with the nonce that the
   * first answer of another process on PGlite asks for.
   */
  async ask(
    deps: TestDeps,
    step: string,
    recipientToken: string | undefined,
    key: PageKey,
    body: object = {},
  ): Promise<Answer> {
    const path = `/v1/recipient/${step}`;
    const first = await this.#post(path, await key.headers(deps, 'POST', path, recipientToken), body);
    const nonce = first.headers.get('dpop-nonce');
    if ((first.body as { code?: string } | null)?.code !== 'proof_nonce' || nonce === null) return first;
    return this.#post(path, await key.headers(deps, 'POST', path, recipientToken, nonce), body);
  }

  async #post(path: string, headers: Record<string, string>, body: object): Promise<Answer> {
    const answer = await fetch(this.#url + path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  }

  async claimed(): Promise<void> {
    await once(this.#child, 'message');
  }

  /** kill -9; nothing where it has ended. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  async close(): Promise<void> {
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }
}
