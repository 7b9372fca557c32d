import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startStore } from '../../demo/storage/index.ts';
import { CREDENTIALS, REGION } from './support.ts';

/** A store in a process of its own, to be killed or measured. */
export interface StoreProcess {
  readonly url: string;
  /** The most memory that the process ever held, in MiB. */
  peakMib(): Promise<number>;
  /** As a power cut would: no handler runs. */
  kill(): Promise<void>;
}

const self = fileURLToPath(import.meta.url);

export async function spawnStore(t: Pick<TestContext, 'after'>, dataDir: string): Promise<StoreProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', self, dataDir], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  t.after(kill);
  const [url] = (await once(child, 'message')) as [string];
  const peakMib = async () => {
    child.send('peak');
    const [kib] = (await once(child, 'message')) as [number];
    return kib / 1024;
  };
  return { url, peakMib, kill };
}

if (process.argv[1] === self) void serve();

async function serve(): Promise<void> {
  const dataDir = process.argv[2] ?? '';
  const { url } = await startStore({ port: 0, dataDir, credentials: CREDENTIALS, region: REGION });
  process.on('message', () => process.send?.(process.resourceUsage().maxRSS));
  process.send?.(url);
}
