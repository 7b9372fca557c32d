import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { root } from '../../../build/root.ts';
import { COVER } from '../../../demo/gallery/recipient-samples.ts';
import { appDocument } from '../../support/app-document.ts';
import type { BrowserName } from '../../support/browsers.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { withSite } from './stage.ts';
import { LIMITS } from './strict-site.ts';
import { type Browser, until } from './tab.ts';

interface Manifest {
  readonly scripts: Record<
    string,
    { readonly path: string; readonly integrity: string; readonly chunks: readonly { path: string }[] }
  >;
}

/** What a swapped script leaves behind, if it runs. */
const MARK = 'document.documentElement.dataset.swapped = "ran";';

/** A broker's scripts and app document, and a page of another origin with the tag, under the strictest policy. */
async function startSite() {
  const manifest = JSON.parse(readFileSync(`${root}dist/cdn/manifest.json`, 'utf8')) as Manifest;
  const script = manifest.scripts['secure-upload'];
  const recipient = manifest.scripts['recipient-consent'];
  assert.ok(script && recipient);
  const names = [script, recipient].flatMap(({ path, chunks }) => [path, ...chunks.map((chunk) => chunk.path)]);
  const asked: string[] = [];
  const swapped = new Set<string>();
  const broker = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = pathname.replace('/v1/', '');
    asked.push(name);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cache-Control', 'no-store');
    if (pathname === '/v1/apps/shop') {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(appDocument({ app: 'shop', limits: LIMITS })));
    } else if (pathname === '/r') {
      response.setHeader('Content-Type', 'text/html');
      response.setHeader('Content-Security-Policy', pagePolicy("'self'", 'recipient-consent'));
      response.end(`<!doctype html><title>Files for you</title>
<script type="module" src="/v1/${recipient.path}" integrity="${recipient.integrity}" crossorigin></script>
<recipient-consent broker="http://${request.headers.host}"></recipient-consent>`);
    } else if (pathname === '/v1/recipient/notice') {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ ...COVER, code: null }));
    } else if (names.includes(name)) {
      response.setHeader('Content-Type', 'text/javascript');
      const body = readFileSync(`${root}dist/cdn/${name}`, 'utf8');
      response.end(swapped.has(name) ? `${MARK}\n${body}` : body);
    } else {
      response.writeHead(404).end();
    }
  });
  const brokerPort = await listen(broker);
  const origin = `http://localhost:${brokerPort}`;
  const page = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams.get('query') ?? '';
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Content-Security-Policy', pagePolicy(origin, 'secure-upload'));
    response.end(`<!doctype html><title>Shop</title>
<script type="module" src="${origin}/v1/${script.path}${query}" integrity="${script.integrity}" crossorigin></script>
<secure-upload broker="${origin}" app="shop"></secure-upload>`);
  });
  const pagePort = await listen(page);
  return {
    address: `http://127.0.0.1:${pagePort}/`,
    link: `${origin}/r#${'a'.repeat(43)}`,
    rest: recipient.chunks.map(({ path }) => path).find((path) => path.includes('.rest.')) ?? '',
    entry: script.path,
    chunks: script.chunks.map(({ path }) => path),
    asked,
    swapped,
    stop() {
      for (const server of [broker, page]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

const pagePolicy = (scripts: string, name: string): string =>
  `default-src 'none'; script-src ${scripts}; connect-src ${scripts}; worker-src blob:; img-src blob: data:; style-src 'self'; require-trusted-types-for 'script'; trusted-types ${name}`;

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return (server.address() as AddressInfo).port;
}

/** The same in each engine: import() alone would run a swapped chunk in two of them. */
export function swappedChunks(name: BrowserName): void {
  describe(`a script whose chunks are swapped at the broker, in ${name}`, () => {
    let site: Awaited<ReturnType<typeof startSite>>;
    let browser: Browser;
    const picture = makeFile(makeFolder(), 'picture.png', pngBytes());
    withSite(name, startSite, (...parts) => {
      [site, browser] = parts;
    });

    const open = async (query = '') => {
      site.asked.length = 0;
      await browser.tab.open(`${site.address}?query=${encodeURIComponent(query)}`);
      await browser.tab.see({ css: 'button', text: 'Choose files' });
    };
    const hasRun = () => browser.tab.evaluate<string | null>('document.documentElement.dataset.swapped ?? null');
    const chunk = (part: string) => {
      const path = site.chunks.find((one) => one.includes(part));
      assert.ok(path, part);
      return path;
    };

    test('as they are, the picker is drawn, the rest follows, and the entry is fetched once', async () => {
      await open();
      await browser.tab.choose({ css: 'input[type=file]' }, [picture.path]);
      await browser.tab.see({ css: 'button', text: 'Upload 1 file' });
      assert.equal(site.asked.filter((one) => one === site.entry).length, 1);
      assert.equal(await hasRun(), null);
    });

    test('one that is needed for the first file never runs, nor when it is asked for again', async () => {
      site.swapped.add(chunk('.rest.'));
      await open();
      await until(async () => (site.asked.includes(chunk('.rest.')) ? true : null), 'the request for the chunk');
      await browser.tab.choose({ css: 'input[type=file]' }, [picture.path]);
      await browser.tab.see({ css: 'h2', text: 'Uploads are not available here right now' });
      assert.equal(await hasRun(), null);
      site.swapped.clear();
    });

    test('one that another imports keeps that other from being asked for at all', async () => {
      site.swapped.add(chunk('.engine.'));
      await open();
      await browser.tab.evaluate(`(() => {
        const box = document.querySelector('secure-upload');
        box.setAttribute('sign-in', 'redirect');
        box.signIn();
      })()`);
      await until(async () => (site.asked.includes(chunk('.engine.')) ? true : null), 'the request for the chunk');
      await browser.tab.see({
        css: 'p',
        text: 'We cannot reach the service. Try again in a few minutes.',
      });
      assert.ok(!site.asked.includes(chunk('.leave.')));
      assert.equal(await hasRun(), null);
      site.swapped.clear();
    });

    test('an entry under another address loads no chunk, because they would load it a second time without its hash', async () => {
      await open('?ver=6');
      await browser.tab.choose({ css: 'input[type=file]' }, [picture.path]);
      await browser.tab.see({ css: 'h2', text: 'Uploads are not available here right now' });
      assert.deepEqual(
        site.asked.filter((one) => one.endsWith('.js')),
        [site.entry],
      );
    });

    test('a link shows its cover, and says how to go on where what comes after it is swapped', async () => {
      site.swapped.add(site.rest);
      site.asked.length = 0;
      await browser.tab.open(site.link);
      await browser.tab.see({ css: 'button', text: 'Send me the code' });
      await browser.tab.click({ css: 'button', text: 'Send me the code' });
      await browser.tab.see({ css: 'h2', text: 'Sorry, this does not work right now' });
      await browser.tab.see({ css: 'button', text: 'Reload the page' });
      assert.equal(await hasRun(), null);
      site.swapped.clear();
    });
  });
}
