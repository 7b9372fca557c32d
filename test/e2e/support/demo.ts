import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../../build/root.ts';
import { copyMigrated } from '../../support/migrated.ts';
import { quietPort } from '../../support/quiet-port.ts';
import { startHosted } from './hosted-demos.ts';

/** The line that `DEMO_JSON=1 npm start` prints when everything is ready. */
export interface Addresses {
  readonly site: string;
  readonly broker: string;
  readonly provider: string;
  readonly storage: string;
  readonly inbox: string;
  readonly accounts: readonly { readonly username: string; readonly password: string }[];
}

export interface Demo extends Addresses {
  readonly dataDir: string;
  /** All that its log said so far, with `LOG: '1'`. */
  log(): string;
  /** SIGTERM to the group. Answers how many milliseconds it took; throws if it does not end by itself. */
  stop(): Promise<number>;
  /** SIGKILL to the group, as a power cut would. The data stays for `startDemo({ after: demo })`. */
  kill(): Promise<void>;
}

const START_MS = 90_000;
const STOP_MS = 5000;

/**
 * A demo of this test alone: free ports, and a data folder that goes with it. `after` starts a killed one again in its
 * place, which one that `returns` keeps free; `isFirst` starts one in an empty folder, as the first `npm start` of all does.
 * These, and whoever wants the log, have `npm start` itself; the others its parts, in a process that many share.
 */
export async function startDemo(
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly after?: Demo;
    readonly isFirst?: boolean;
    readonly returns?: boolean;
  } = {},
): Promise<Demo> {
  const dataDir = options.after?.dataDir ?? mkdtempSync(join(tmpdir(), 'secure-upload-demo-'));
  if (!options.after && !options.isFirst) await copyMigrated(join(dataDir, 'broker'));
  const isAlone = options.after || options.isFirst || options.returns || options.env?.LOG === '1';
  if (!isAlone) return hosted(dataDir, options.env);
  const child = spawn(process.execPath, ['demo/start.mjs'], {
    cwd: root,
    env: { ...process.env, DEMO_JSON: '1', DATA_DIR: dataDir, ...(await ports(options)), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const onExit = () => signal(child, 'SIGKILL');
  process.once('exit', onExit);
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    process.off('exit', onExit);
  };
  const addresses = await firstLine(child, () => said.slice(-4000)).catch(async (error: unknown) => {
    signal(child, 'SIGKILL');
    await end();
    throw error;
  });
  return {
    ...addresses,
    dataDir,
    log: () => said,
    async stop() {
      const start = performance.now();
      signal(child, 'SIGTERM');
      const timer = new AbortController();
      const isEnded = await Promise.race([
        end().then(() => true),
        wait(STOP_MS, false, { signal: timer.signal }).catch(() => false),
      ]);
      timer.abort();
      const took = performance.now() - start;
      signal(child, 'SIGKILL');
      await end();
      rmSync(dataDir, { recursive: true, force: true });
      if (!isEnded) throw new Error(`The demo did not stop within ${STOP_MS} ms`);
      return took;
    },
    async kill() {
      signal(child, 'SIGKILL');
      await end();
    },
  };
}

async function hosted(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Demo> {
  const demo = await startHosted({ DEMO_JSON: '1', DATA_DIR: dataDir, PORT: '0', ...env });
  return {
    ...(JSON.parse(demo.line) as Addresses),
    dataDir,
    log: () => '',
    async stop() {
      const start = performance.now();
      await demo.stop();
      const took = performance.now() - start;
      rmSync(dataDir, { recursive: true, force: true });
      return took;
    },
    kill: demo.kill,
  };
}

/** Free ones, or those that the demo had before, because pages and records name them. */
async function ports({ after, returns }: { after?: Demo; returns?: boolean }): Promise<Record<string, string>> {
  const of = (address: string) => new URL(address).port;
  if (after === undefined && !returns) return { PORT: '0' };
  if (after === undefined) {
    const names = ['PORT', 'PORT_BROKER', 'PORT_PROVIDER', 'PORT_STORAGE'];
    const found = await Promise.all(names.map(async (name) => [name, String(await quietPort())]));
    return { ...Object.fromEntries(found), PORT_SMTP: '0' };
  }
  return {
    PORT: of(after.site),
    PORT_BROKER: of(after.broker),
    PORT_PROVIDER: of(after.provider),
    PORT_STORAGE: of(after.storage),
    PORT_SMTP: '0',
  };
}

function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function firstLine(
  child: ChildProcess & { readonly stdout: Readable },
  complaint: () => string,
): Promise<Addresses> {
  const { stdout } = child;
  const timer = setTimeout(() => signal(child, 'SIGKILL'), START_MS);
  try {
    for await (const line of createInterface({ input: stdout })) {
      stdout.resume();
      return JSON.parse(line) as Addresses;
    }
    throw new Error(`The demo ended before it was ready:\n${complaint()}`);
  } finally {
    clearTimeout(timer);
  }
}
