/**
 * The tests that run in a browser: `npm run test:elements -- [--browser chromium|firefox|webkit] [file or part of a path…]`.
 * With `--result FILE` the counts are also written there as JSON.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type BrowserLauncher, startTestRunner, type TestSession, type TestSuiteResult } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import * as puppeteer from 'puppeteer-core';
import { root } from '../build/root.ts';
import {
  BROWSERS,
  type BrowserName,
  playwrightOptions,
  requireBrowser,
  webkitCapabilities,
} from './support/browsers.ts';
import { farEnd } from './support/far-end.ts';
import type { Counts } from './support/legs.ts';
import { quietPort } from './support/quiet-port.ts';
import { testFiles } from './support/test-files.ts';
import { viteMiddleware } from './support/vite-middleware.ts';
import { startWebKitDriver } from './support/webkit-driver.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { browser: { type: 'string', default: 'chromium' }, result: { type: 'string' } },
});
const browser = BROWSERS.find((name) => name === values.browser);
if (browser === undefined) throw new Error(`--browser is one of ${BROWSERS.join(', ')}`);

const files = testFiles(
  'elements',
  positionals.map((path) => path.replace(/^\.\//, '')),
);
if (files.length === 0) {
  console.error('No browser test fits.');
  process.exit(1);
}

const { launcher, stop } = await launch(browser);
const vite = viteMiddleware(files);
const runner = await startTestRunner({
  readCliArgs: false,
  readFileConfig: false,
  autoExitProcess: false,
  config: {
    rootDir: root,
    // By itself it takes the first free one from 8000 on, and so does the leg beside it.
    port: await quietPort(),
    files,
    browsers: [launcher],
    // Firefox and WebKit lose animation frames with two windows at a time.
    concurrency: browser === 'chromium' ? 2 : 1,
    middleware: [farEnd, vite.middleware],
    plugins: [vite.plugin],
    testFramework: { config: { timeout: '10000' } },
  },
});
if (runner === undefined) throw new Error('Web Test Runner did not start');

const end = () => void runner.stop();
process.once('SIGINT', end).once('SIGTERM', end);
runner.on('finished', end);
runner.on('stopped', async () => {
  const counts = count([...runner.sessions.all()]);
  if (values.result !== undefined) writeFileSync(values.result, JSON.stringify(counts));
  await stop();
  process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
});

async function launch(name: BrowserName): Promise<{ launcher: BrowserLauncher; stop: () => Promise<void> }> {
  const { path, driver } = requireBrowser(name);
  const nothing = async () => {};
  if (driver === 'playwright') {
    return {
      launcher: playwrightLauncher({ product: name, launchOptions: playwrightOptions(name, path) }),
      stop: nothing,
    };
  }
  if (driver === 'bidi') {
    const launchOptions = { browser: 'firefox', executablePath: path, headless: true } as const;
    return { launcher: chromeLauncher({ puppeteer, launchOptions }), stop: nothing };
  }
  const { hostname, port, stop } = await startWebKitDriver();
  const capabilities = webkitCapabilities(path);
  const launcher = webdriverLauncher({ hostname, port, path: '/', logLevel: 'error', capabilities });
  // Its types miss exactOptionalPropertyTypes by one `undefined`.
  return { launcher: launcher as BrowserLauncher, stop };
}

/** A file that did not load, and a test that was left out, count as failed. */
function count(sessions: readonly TestSession[]): Counts {
  const failures: string[] = [];
  let passed = 0;
  const add = (suite: TestSuiteResult, path: string): void => {
    for (const test of suite.tests) {
      if (test.passed && !test.skipped) passed += 1;
      else failures.push(`${path} ${test.name}`);
    }
    for (const inner of suite.suites) add(inner, `${path} ${inner.name} ›`);
  };
  for (const session of sessions) {
    const file = relative(root, session.testFile);
    const before = failures.length;
    if (session.testResults !== undefined) add(session.testResults, `${file}:`);
    if (session.passed !== true && failures.length === before) failures.push(`${file} did not run to its end`);
  }
  return { passed, failed: failures.length, failures };
}
