import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../../../build/root.ts';
import type { Answered, Asked } from './demo-host.ts';

/** The process in which demos of this test process run (demo-host.ts). It ends with it. */

interface Host {
  readonly child: ChildProcess;
  readonly waiting: Map<number, (answer: Answered) => void>;
  said: string;
}

export interface HostedDemo {
  /** What `npm start` prints. */
  readonly line: string;
  stop(): Promise<void>;
  /** SIGKILL to the process, and to every demo in it. */
  kill(): Promise<void>;
}

let host: Host | null = null;
let last = 0;

export async function startHosted(env: NodeJS.ProcessEnv): Promise<HostedDemo> {
  host ??= startHost();
  const mine = host;
  last += 1;
  const id = last;
  const { line = '' } = await ask(mine, { id, env });
  return {
    line,
    async stop() {
      if (mine.child.connected) await ask(mine, { id });
    },
    async kill() {
      if (host === mine) host = null;
      mine.child.kill('SIGKILL');
      if (mine.child.exitCode === null && mine.child.signalCode === null) await once(mine.child, 'exit');
    },
  };
}

function startHost(): Host {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/e2e/support/demo-host.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const started: Host = { child, waiting: new Map(), said: '' };
  child.stderr?.on('data', (chunk: Buffer) => {
    started.said = (started.said + chunk.toString()).slice(-4000);
  });
  child.on('message', (answer: Answered) => started.waiting.get(answer.id)?.(answer));
  child.once('exit', () => {
    if (host === started) host = null;
    for (const [id, tell] of started.waiting) tell({ id, refused: `The demos' process ended:\n${started.said}` });
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  rest(child);
  return started;
}

/** A question keeps this process awake, the other process alone does not. */
async function ask({ child, waiting }: Host, asked: Asked): Promise<Answered> {
  child.channel?.ref();
  try {
    const answer = await new Promise<Answered>((resolve) => {
      waiting.set(asked.id, resolve);
      child.send(asked);
    });
    if (answer.refused !== undefined) throw new Error(answer.refused);
    return answer;
  } finally {
    waiting.delete(asked.id);
    if (waiting.size === 0) rest(child);
  }
}

function rest(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  (child.stderr as { unref?: () => void } | null)?.unref?.();
}
