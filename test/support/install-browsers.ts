import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { BROWSERS, findBrowser } from './browsers.ts';

const DEBIAN = [
  'chromium',
  'firefox-esr',
  'webkit2gtk-driver',
  'xvfb',
  'xauth',
  'fonts-dejavu-core',
  'fonts-liberation',
  'fonts-noto-core',
];
const isOnPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

const versions = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

/** Debian's packages where apt and root are there; elsewhere Playwright's own download. */
export function installBrowsers(): void {
  const isDebian = process.getuid?.() === 0 && isOnPath('apt-get');
  const missing: string[] = BROWSERS.filter((name) => findBrowser(name) === null);
  if (isDebian) {
    missing.push(...['WebKitWebDriver', 'Xvfb'].filter((program) => !isOnPath(program)));
    const hasPostgres =
      isOnPath('initdb') || versions('/usr/lib/postgresql').some((path) => existsSync(`${path}/bin/initdb`));
    if (missing.length === 0 && hasPostgres) return;
    console.log(`Installing ${[...missing, ...(hasPostgres ? [] : ['PostgreSQL'])].join(', ')} with apt …`);
    const wait = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
    run('apt-get', [...wait, 'update']);
    const packages = hasPostgres ? DEBIAN : [...DEBIAN, 'postgresql'];
    run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages]);
    return;
  }
  if (missing.length === 0) return;
  console.log(`Downloading ${missing.join(', ')} …`);
  const cli = createRequire(import.meta.url).resolve('playwright-core/cli.js');
  run(process.execPath, [cli, 'install', ...missing]);
}

/** What did not install shows in the leg that needs it, with its remedy. */
function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) console.error(`${command} did not succeed; what it should have brought will be missing.`);
}
