import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../build/root.ts';
import { Folder } from './folder.ts';

export const PAGES = ['raw', 'us', 'us-no-worker', 'uppy', 'many-files', 'many-files-engine', 'list'] as const;
export type PageName = (typeof PAGES)[number];

/** The pages of the bench on an origin of their own, bundled and minified as what ships is. */
export class Site {
  readonly #server: Server;
  readonly #folder: Folder;
  #ready: () => void = () => {};

  private constructor(server: Server, folder: Folder) {
    this.#server = server;
    this.#folder = folder;
  }

  static async start(): Promise<Site> {
    const folder = new Folder();
    await build({
      root,
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      build: {
        outDir: folder.path,
        emptyOutDir: true,
        target: 'es2022',
        modulePreload: false,
        reportCompressedSize: false,
        rolldownOptions: {
          input: Object.fromEntries(PAGES.map((name) => [name, `${root}test/bench/page/${name}.ts`])),
          output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
        },
      },
    });
    const server = createServer();
    const site = new Site(server, folder);
    server.on('request', (request, response) => {
      if (request.method === 'POST') {
        site.#ready();
        response.writeHead(204).end();
        return;
      }
      const { pathname } = new URL(request.url ?? '/', 'http://bench');
      const isScript = pathname.endsWith('.js');
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      if (pathname === '/us-no-worker') response.setHeader('content-security-policy', "worker-src 'none'");
      response.end(isScript ? readFileSync(join(folder.path, pathname)) : page(pathname));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return site;
  }

  url(name: PageName, query: Readonly<Record<string, string>>): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${name}?${new URLSearchParams(query)}`;
  }

  /** Resolves when the next page says that it can start. */
  nextReady(): Promise<void> {
    return new Promise((resolve) => {
      this.#ready = resolve;
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
    this.#folder.remove();
  }
}

const page = (pathname: string): string =>
  `<!doctype html><link rel=icon href=data:,><input type=file multiple><script type=module src="${pathname}.js"></script>`;
