/** What has to stand before anything with a dependency can be imported: a fitting Node, the packages, the built scripts. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];
const root = fileURLToPath(new URL('../', import.meta.url));

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
}

/** Installs when node_modules does not hold exactly what the lockfile names. */
export function requirePackages() {
  if (isInstalled()) return;
  say('Installing packages (about a minute) …');
  run(['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci did not succeed.');
}

/** Builds when the scripts that pages load are older than what they are made from. */
export function requireBuild() {
  const built = mtime('dist/cdn/manifest.json');
  const sources = ['src', 'build'].flatMap((room) =>
    readdirSync(root + room, { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path}`),
  );
  const newest = Math.max(...[...sources, 'bin', 'package-lock.json', 'package.json', 'vite.config.ts'].map(mtime));
  if (built > newest) return;
  say('Building the scripts …');
  run([process.execPath, 'node_modules/vite/bin/vite.js', 'build'], 'The build did not succeed.');
}

/** npm notes beside the packages what it has put there; that note and the lockfile name each package's content. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.integrity === present[path]?.integrity,
  );
}

function packagesOf(path) {
  return existsSync(root + path) ? JSON.parse(readFileSync(root + path, 'utf8')).packages : null;
}

function mtime(path) {
  return existsSync(root + path) ? statSync(root + path).mtimeMs : 0;
}

/** Everything a tool prints goes to stderr: stdout belongs to the caller. */
function run([command, ...args], message) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status !== 0) fail(`${message} The lines above say why.`);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
