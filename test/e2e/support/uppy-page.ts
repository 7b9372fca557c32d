import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { root } from '../../../build/root.ts';
import type { Demo } from './demo.ts';

/** Opens a page with a stock Uppy on the builder's origin, under a policy that names broker and storage alone. */
export async function openUppyPage(browser: Browser, demo: Demo): Promise<Page> {
  // What Playwright answers itself comes from no address: Chromium takes it for a page of the internet.
  const context = await browser.newContext({ permissions: ['local-network-access'] });
  const script = await bundle();
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'", // The Dashboard's own.
    'img-src blob: data:',
    `connect-src ${demo.broker} ${demo.storage}`,
  ].join('; ');
  const files = {
    '/uppy': { contentType: 'text/html', headers: { 'content-security-policy': policy }, body: HTML },
    '/uppy.js': { contentType: 'text/javascript', body: script },
    '/uppy.css': {
      contentType: 'text/css',
      body: readFileSync(`${root}node_modules/@uppy/dashboard/dist/style.min.css`, 'utf8'),
    },
  };
  for (const [path, file] of Object.entries(files)) {
    await context.route(
      (url) => url.origin === demo.site && url.pathname === path,
      (route) => route.fulfill(file),
    );
  }
  const page = await context.newPage();
  await page.goto(`${demo.site}/uppy?${new URLSearchParams({ broker: demo.broker })}`);
  return page;
}

const HTML = `<!doctype html><html lang=en><title>Our files</title><link rel=icon href=data:,>
<link rel=stylesheet href=/uppy.css><button>Sign in</button><output></output><div id=uppy></div>
<script type=module src=/uppy.js></script>`;

async function bundle(): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: `${root}test/e2e/uppy/page.ts`, formats: ['es'], fileName: 'uppy' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [output] = [built].flat() as Rolldown.RolldownOutput[];
  const chunk = output?.output.find((file) => file.type === 'chunk');
  if (!chunk) throw new Error('The page of Uppy was not built');
  return chunk.code;
}
