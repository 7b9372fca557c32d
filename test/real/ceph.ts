import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { quietPort } from '../support/quiet-port.ts';

const PACKAGES = ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common'];
const INSTALL_MS = 8 * 60_000;
const START_MS = 3 * 60_000;
const STOP_MS = 30_000;

export const CREDENTIALS = { accessKeyId: 'AKCEPH', secretAccessKey: 'a-secret-for-ceph-0123456789' };

export interface Ceph {
  readonly url: string;
  /** `16.2.15` */
  readonly version: string;
  stop(): Promise<void>;
}

/** Installs Ceph's gateway where it is missing (Debian, root) and starts it on free ports of loopback. Fails, never waits for ever. */
export async function startCeph(): Promise<Ceph> {
  const version = installed() ?? install();
  const folder = mkdtempSync(join(tmpdir(), 'secure-upload-ceph-'));
  const [port, monitor] = [await quietPort(), await quietPort()];
  const stop = async () => {
    await script('ceph-stop.sh', [folder], STOP_MS);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await script('ceph-start.sh', [folder, String(port), String(monitor), ...Object.values(CREDENTIALS)], START_MS);
  } catch (error) {
    const log = join(folder, 'log', 'client.rgw.log');
    console.error(tail(log));
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, version, stop };
}

function installed(): string | null {
  try {
    return /version (\d+\.\d+\.\d+)/.exec(execFileSync('radosgw', ['--version'], { encoding: 'utf8' }))?.[1] ?? '';
  } catch {
    return null;
  }
}

function install(): string {
  if (process.getuid?.() !== 0) throw new Error(`Ceph is missing. As root: apt-get install ${PACKAGES.join(' ')}`);
  const options = {
    stdio: 'ignore',
    timeout: INSTALL_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const;
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  execFileSync('apt-get', [...wait, 'update', '-qq'], options);
  execFileSync('apt-get', [...wait, 'install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], options);
  const version = installed();
  if (version === null) throw new Error('apt-get installed no radosgw.');
  return version;
}

async function script(name: string, args: readonly string[], timeout: number): Promise<void> {
  const path = fileURLToPath(new URL(name, import.meta.url));
  await promisify(execFile)('bash', [path, ...args], { timeout });
}

function tail(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(-2000);
  } catch {
    return '';
  }
}
