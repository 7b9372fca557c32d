import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { hardPages } from './hard-pages.ts';

export interface Snippet {
  /** Address of the broker. */
  readonly broker: string;
  /** Origin of the storage, for the policy. */
  readonly storage: string;
  /** Versioned address of the script, and its integrity. */
  readonly script: string;
  readonly integrity: string;
  /** The same of the script for the broker's frame. */
  readonly frameScript: string;
  readonly frameIntegrity: string;
}

/** One page for each thing that an app can ask of people before they upload. */
const WAYS = {
  guests: {
    app: 'visitor-photos',
    heading: 'What did you see?',
    text: 'Pictures of your visit are welcome. You need no account: we email you a code.',
  },
  codes: {
    app: 'front-desk',
    heading: 'Lost and found',
    text: 'At the kiosk in our shop no window can open. It shows a code, and you sign in on your phone.',
  },
  stronger: {
    app: 'contracts',
    heading: 'Send us your signed contract',
    text: 'A contract matters more than a picture, so we ask for a second step when you sign in.',
  },
} as const;

const read = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');

/** The builder's pages: plain HTML with the pasted lines, under the strictest policy that the box works with. */
export function createSite(snippet: Snippet): Hono {
  const site = new Hono();
  const fill = (page: string, more: Readonly<Record<string, string>> = {}) => {
    const words: Readonly<Record<string, string>> = { ...snippet, ...more };
    return page.replace(/\{\{(\w+)\}\}/g, (_, name: string) => words[name] ?? '');
  };
  site.use(async (c, next) => {
    c.header('Content-Security-Policy', c.req.path === '/framed' ? framePolicy(snippet) : policy(snippet));
    c.header('Cache-Control', 'no-store');
    await next();
  });
  site.get('/', (c) => c.html(fill(read('index.html'))));
  site.get('/files', (c) => c.html(fill(read('files.html'))));
  site.get('/event', (c) => c.html(fill(read('event.html'))));
  site.get('/form', (c) => c.html(fill(read('form.html'))));
  site.get('/framed', (c) => c.html(fill(read('framed.html'))));
  site.get('/ways', (c) => c.html(read('ways.html')));
  for (const [name, way] of Object.entries(WAYS)) {
    site.get(`/ways/${name}`, (c) => {
      // Its windows can say nothing to each other, as those of a kiosk that opens none.
      if (name === 'codes') c.header('Cross-Origin-Opener-Policy', 'same-origin');
      return c.html(fill(read('way.html'), way));
    });
  }
  site.route('/hard', hardPages(snippet));
  site.get('/site.css', (c) => c.body(read('site.css'), 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  // What the form sends: ids and receipts, never bytes. A real backend would check each receipt with verifyUpload().
  site.post('/form/sent', async (c) => {
    const form = await c.req.formData();
    const documents = form.getAll('documents').length;
    return c.html(html`<!doctype html>
      <html lang="en"><title>Case sent</title><link rel="stylesheet" href="/site.css">
      <main><h1>Case sent</h1><p>With ${documents} ${documents === 1 ? 'document' : 'documents'}.</p><p><a href="/form">Another case</a></p></main></html>`);
  });
  return site;
}

/** A page whose box stands in a frame allows the frame, and speaks to no broker and no storage itself. */
function framePolicy({ broker }: Snippet): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `script-src ${broker}`,
    `frame-src ${broker}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function policy({ broker, storage }: Snippet): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `script-src ${broker}`,
    'worker-src blob:',
    `connect-src ${broker} ${storage}`,
    'img-src blob: data:',
    "require-trusted-types-for 'script'",
    'trusted-types lit-html secure-upload',
  ].join('; ');
}
