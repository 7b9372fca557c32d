import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { root } from '../../../build/root.ts';
import { integrityOf } from '../../../build/seal.ts';
import { readScripts } from '../../../demo/broker/scripts.ts';
import { appDocument } from '../../support/app-document.ts';
import { hostScripts } from './host-scripts.ts';
import { asVersion, type Files } from './next-version.ts';

/** Scripts of a page, in the order in which they run. `next` is the same uploader as another version. */
export type Loaded = 'upload' | 'whole' | 'recipient' | 'next' | 'next whole' | 'page' | 'bundle' | 'vue' | 'svelte';

interface PageFacts {
  readonly scripts: readonly Loaded[];
  /** What `trusted-types` names. */
  readonly policies: string;
  readonly body?: string;
}

export interface StrictSite {
  /** Address of a page under the strictest policy, of another origin than the broker's. */
  page(facts: PageFacts): string;
  readonly broker: string;
  /** The tag, as a builder pastes it. */
  readonly tag: string;
  /** Address of the uploader's script. */
  readonly script: string;
  readonly version: string;
  stop(): void;
}

export const NEXT_VERSION = '9.8.7';

/** Small pictures alone. */
export const LIMITS = {
  max_file_bytes: 1024 * 1024,
  max_total_bytes: 1024 * 1024,
  max_files: 5,
  max_name_length: 100,
  accepts: [{ name: 'images' as const, types: ['image/png'], extensions: ['png'] }],
};

/** The scripts as they are built, an app document, and pages by real HTTP with the header that a builder copies. */
export async function startStrictSite(own?: Files): Promise<StrictSite> {
  const { version, upload, whole, recipient, chunks } = readScripts(new URL(`file://${root}dist/cdn/`));
  const built = new Map([upload, whole, recipient, ...chunks].map(({ path, body }) => [nameIn(path), text(body)]));
  const ofUploader = new Map([...built].filter(([name]) => name.startsWith('secure-upload')));
  const served = new Map([...built, ...asVersion(ofUploader, version, NEXT_VERSION)]);
  const scripts = await hostScripts(own);

  let origin = '';
  const broker = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (pathname === '/v1/apps/shop') {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(appDocument({ app: 'shop', limits: LIMITS, storage_origin: origin })));
    } else answerWith(served, nameIn(pathname), response);
  });
  origin = `http://localhost:${await listen(broker)}`;

  const pages: string[] = [];
  const tagOf = (name: string) => {
    const integrity = integrityOf(served.get(name) ?? '');
    return `<script type="module" src="${origin}/v1/${name}" integrity="${integrity}" crossorigin></script>`;
  };
  const tags: Record<Loaded, string> = {
    upload: tagOf(nameIn(upload.path)),
    whole: tagOf(nameIn(whole.path)),
    recipient: tagOf(nameIn(recipient.path)),
    next: tagOf(nameIn(upload.path).replace(version, NEXT_VERSION)),
    'next whole': tagOf(nameIn(whole.path).replace(version, NEXT_VERSION)),
    page: ownTag('page'),
    bundle: ownTag('bundle'),
    vue: ownTag('vue'),
    svelte: ownTag('svelte'),
  };
  const host = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const page = pages[Number(searchParams.get('page'))];
    if (pathname !== '/' || page === undefined) return answerWith(scripts, nameIn(pathname), response);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', searchParams.get('policy') ?? '');
    response.end(page);
  });
  const hostPort = await listen(host);
  const tag = `<secure-upload broker="${origin}" app="shop"><a href="${origin}/u/shop">Upload files</a></secure-upload>`;

  return {
    broker: origin,
    tag,
    script: `${origin}${upload.path}`,
    version,
    page({ scripts: names, policies, body = tag }) {
      const policy = [
        "default-src 'none'",
        `script-src 'self' ${origin}`,
        'worker-src blob:',
        `connect-src ${origin}`,
        'img-src blob: data:',
        "require-trusted-types-for 'script'",
        `trusted-types ${policies}`,
      ].join('; ');
      const number = pages.push(`<!doctype html><html lang="en"><title>Shop</title>
<link rel="icon" href="data:,"><script src="/own/watch.js"></script>
${names.map((name) => tags[name]).join('\n')}
<main>${body}</main><aside></aside>`);
      return `http://127.0.0.1:${hostPort}/?page=${number - 1}&policy=${encodeURIComponent(policy)}`;
    },
    stop() {
      for (const server of [broker, host]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

const ownTag = (name: string): string => `<script type="module" src="/own/${name}.js"></script>`;
const text = (body: Uint8Array): string => new TextDecoder().decode(body);
const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function answerWith(files: Files, name: string, response: ServerResponse): void {
  const body = files.get(name);
  if (body === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
  response.end(body);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return (server.address() as AddressInfo).port;
}
