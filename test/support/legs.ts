import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../build/root.ts';
import { BROWSERS, type BrowserName } from './browsers.ts';
import { testFiles } from './test-files.ts';
import { entries, storyEntries } from './together.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** What failed, in the runner's own words. */
  readonly failures?: readonly string[];
}

/** One runner, started once. It writes its counts into `result`, in a folder of its own; one that does not has crashed. */
export interface Leg {
  readonly name: string;
  readonly minutes: number;
  readonly command: (result: string) => readonly string[];
}

const TSX = ['--import', 'tsx'];
const REPORTERS = (result: string) => [
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=./test/support/count-reporter.mjs',
  `--test-reporter-destination=${result}`,
];
const nodeTest = (files: readonly string[], concurrency: number) => (result: string) => [
  ...TSX,
  '--test',
  `--test-concurrency=${concurrency}`,
  ...REPORTERS(result),
  ...files,
];

const check: Leg = { name: 'check', minutes: 6, command: (result) => ['test/check.mjs', '--result', result] };

/**
 * Every leg, in the order in which they fail soonest; with `patterns` only those that have a fitting file, and without the
 * stories that are `leftOut`. Those of one row run side by side.
 */
export function legs(part: string | undefined, patterns: readonly string[], leftOut: readonly string[] = []): Leg[][] {
  const all: Leg[] = [];
  const add = (leg: Leg, files: readonly string[]) => {
    if (files.length > 0 || patterns.length === 0) all.push(leg);
  };
  if (part === undefined || part === 'check') all.push(check);
  if (part === undefined || part === 'node') {
    const files = testFiles('node', patterns);
    const command = (result: string) => nodeTest(entries(files, dirname(result)), 3)(result);
    add({ name: 'node', minutes: 20, command }, files);
  }
  if (part === undefined || part === 'elements') {
    const files = testFiles('elements', patterns);
    for (const browser of BROWSERS) {
      const command = (result: string) => [...TSX, 'test/wtr.ts', '--browser', browser, '--result', result, ...files];
      add({ name: `elements in ${browser}`, minutes: 12, command }, files);
    }
  }
  if (part === undefined || part === 'e2e') {
    for (const browser of BROWSERS) {
      const files = testFiles('e2e', patterns).filter((path) => browserOf(path) === browser && !leftOut.includes(path));
      const command = (result: string) =>
        nodeTest(storyEntries(files, dirname(result)), browser === 'chromium' ? 2 : 1)(result);
      add({ name: `e2e in ${browser}`, minutes: 20, command }, files);
    }
  }
  if (part === undefined || part === 'faults') {
    const files = testFiles('faults', patterns);
    add({ name: 'faults', minutes: 12, command: nodeTest(files, 1) }, files);
  }
  return rows(all);
}

/** Alone each of these lets a processor wait: Firefox and WebKit take one window at a time, and every story waits for pages. */
const BESIDE = [
  ['elements in firefox', 'elements in webkit'],
  ['e2e in chromium', 'e2e in firefox', 'e2e in webkit'],
];

function rows(all: readonly Leg[]): Leg[][] {
  const row = ({ name }: Leg) => BESIDE.findIndex((names) => names.includes(name));
  return all.flatMap((leg, place) => {
    if (row(leg) < 0) return [[leg]];
    return all.findIndex((other) => row(other) === row(leg)) === place
      ? [all.filter((other) => row(other) === row(leg))]
      : [];
  });
}

/** `upload.firefox.e2e.ts` runs in Firefox; a name without an engine in Chromium. */
function browserOf(path: string): BrowserName {
  return BROWSERS.find((name) => path.endsWith(`.${name}.e2e.ts`)) ?? 'chromium';
}

/**
 * Runs one leg to its end. A leg that crashes, hangs past its minutes or runs no test has failed. What one beside
 * another says is kept until it is through.
 */
export async function runLeg(leg: Leg, isBeside: boolean): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-upload-leg-'));
  const result = join(folder, 'result.json');
  const said = join(folder, 'said.txt');
  const output = isBeside ? openSync(said, 'w') : 'inherit';
  // A group of its own, so that at the time's end browsers and servers go with it.
  const child = spawn(process.execPath, leg.command(result), {
    cwd: root,
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
  });
  const stop = () => killGroup(child.pid);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, leg.minutes * 60_000);
  process.once('exit', stop);
  const [code] = await once(child, 'exit');
  process.off('exit', stop);
  stop();
  clearTimeout(timer);
  const counts = read(result);
  if (typeof output === 'number') {
    closeSync(output);
    console.log(`\n── ${leg.name} ──\n${readFileSync(said, 'utf8')}`);
  }
  rmSync(folder, { recursive: true, force: true });
  if (isLate) return failedAs(counts, `took longer than ${leg.minutes} minutes`);
  if (counts === null) return failedAs(counts, 'ended without a result');
  if (counts.passed + counts.failed === 0) return failedAs(counts, 'ran no test');
  if (code !== 0 && counts.failed === 0) return failedAs(counts, `ended with code ${code}`);
  return counts;
}

/** Takes what the group's leader left behind, too. */
function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function read(path: string): Counts | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Counts;
  } catch {
    return null;
  }
}

function failedAs(counts: Counts | null, why: string): Counts {
  const { passed = 0, failed = 0, failures = [] } = counts ?? {};
  return { passed, failed: failed + 1, failures: [...failures, why] };
}
