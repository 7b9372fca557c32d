import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { createBuilder } from 'vite';
import { root } from '../../../build/root.ts';
import { appDocument } from '../../../demo/gallery/app-document.ts';
import { buildInto } from '../../../vite.config.ts';
import { Folder } from '../folder.ts';

export type PaintPage = 'box' | 'empty';

const Manifest = v.object({
  scripts: v.object({ 'secure-upload': v.object({ path: v.string(), integrity: v.string() }) }),
});
const LIMITS = {
  max_file_bytes: 25 * 1024 * 1024,
  max_total_bytes: 100 * 1024 * 1024,
  max_files: 10,
  max_name_length: 100,
  accepts: [{ name: 'images' as const, types: ['image/jpeg', 'image/png'], extensions: ['jpg', 'jpeg', 'png'] }],
};

/** Tells what was painted when, in an inline script that both pages begin with. */
const WATCH = readFileSync(`${root}test/bench/paint/watch.js`, 'utf8');

/** A page with the pasted tag and one with a sentence in its place, and a broker of another origin: the real build, gzipped. */
export class PaintSite {
  readonly #broker: Server;
  readonly #pages: Server;

  private constructor(broker: Server, pages: Server) {
    this.#broker = broker;
    this.#pages = pages;
  }

  static async start(): Promise<PaintSite> {
    const folder = new Folder();
    try {
      const builder = await createBuilder({ ...buildInto(folder.path), configFile: false });
      await builder.buildApp();
      const broker = await listen(brokerOf(join(folder.path, 'cdn')));
      const manifest = readFileSync(join(folder.path, 'cdn/manifest.json'), 'utf8');
      const { path, integrity } = v.parse(Manifest, JSON.parse(manifest)).scripts['secure-upload'];
      const from = originOf(broker);
      const tag = `<script type="module" src="${from}/v1/${path}" integrity="${integrity}" crossorigin></script>
<secure-upload broker="${from}" app="shop"></secure-upload>`;
      return new PaintSite(broker, await listen(pagesWith(tag)));
    } finally {
      folder.remove();
    }
  }

  /** As a visitor has it: on an address of this machine the box would load the hints for whoever builds the page, too. */
  get host(): URL {
    return new URL(originOf(this.#pages).replace('127.0.0.1', 'shop.test'));
  }

  /** `start` has nothing to paint. */
  url(page: PaintPage | 'start'): string {
    return new URL(page, this.host).href;
  }

  async stop(): Promise<void> {
    for (const server of [this.#broker, this.#pages]) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  }
}

function brokerOf(scripts: string): RequestListener {
  const names = readdirSync(scripts).filter((name) => /\.js(on)?$/.test(name));
  const files = new Map(names.map((name) => [`/v1/${name}`, gzipSync(readFileSync(join(scripts, name)))]));
  const app = gzipSync(JSON.stringify(appDocument({ app: 'shop', limits: LIMITS })));
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench');
    const body = pathname === '/v1/apps/shop' ? app : files.get(pathname);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-encoding', 'gzip');
    response.setHeader('content-type', pathname.endsWith('.js') ? 'text/javascript' : 'application/json');
    if (body === undefined) response.writeHead(404).end();
    else response.end(body);
  };
}

function pagesWith(tag: string): RequestListener {
  const page = (content: string) =>
    `<!doctype html><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${content}`;
  const pages = new Map([
    ['/start', page('')],
    ['/box', page(`<script>${WATCH}</script><h1>Shop</h1>${tag}`)],
    ['/empty', page(`<script>${WATCH}</script><h1>Shop</h1><p id="choose">Send us your files by mail.</p>`)],
  ]);
  return (request, response) => {
    const body = pages.get(request.url ?? '');
    response.setHeader('content-type', 'text/html');
    if (body === undefined) response.writeHead(404).end();
    else response.end(body);
  };
}

async function listen(answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
