import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import type { MailedLink } from './recipient.ts';
import { until } from './tab.ts';

/** A page of a browser of its own. */
export async function withPage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    await act(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Waits until every address of the mail was answered to the page. */
export function answersTo(page: Page, { addresses }: MailedLink): () => Promise<unknown> {
  const wanted = new Set(addresses.map((address) => address.split('#')[0]));
  page.on('response', (response) => wanted.delete(response.url().split('#')[0]));
  return () => until(async () => (wanted.size === 0 ? true : null), 'the answers');
}

/** A page of another site that says this. */
export async function onPage(body: string, act: (address: string) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Mail</title>${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await act(`http://localhost:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

export interface Calls {
  readonly ended: { readonly path: string; readonly status: number }[];
  /** Waits until what was begun has ended. */
  rest(): Promise<void>;
}

/** Each address on a page of its own, read until what it asks has been answered. */
export async function eachAddress(
  browser: Browser,
  mail: MailedLink,
  act: (page: Page, calls: Calls) => Promise<unknown>,
): Promise<void> {
  for (const address of mail.addresses) {
    await withPage(browser, { reducedMotion: 'reduce' }, async (page) => {
      const calls = watch(page);
      await page.goto(address);
      await until(async () => calls.ended.find(({ path }) => path.endsWith('/notice')) ?? null, 'the notice');
      await calls.rest();
      await act(page, calls);
      await calls.rest();
    });
  }
}

function watch(page: Page): Calls {
  const open = new Set<unknown>();
  const ended: Calls['ended'] = [];
  page.on('request', (request) => open.add(request));
  page.on('requestfailed', (request) => open.delete(request));
  page.on('requestfinished', async (request) => {
    const response = await request.response().catch(() => null);
    ended.push({ path: new URL(request.url()).pathname, status: response?.status() ?? 0 });
    open.delete(request);
  });
  return {
    ended,
    async rest() {
      // Two frames: a press has drawn what it does, and has asked what it asks.
      await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
      await until(async () => (open.size === 0 ? true : null), 'a quiet network');
    },
  };
}

const EVERYTHING = `const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  const isSeen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible';
  const found = all(document).filter((e) => e.matches('button, summary, select, input, a:not([href^="mailto:"])') && isSeen(e));`;

export const CLICK_ALL = `(() => { ${EVERYTHING}
  for (const e of found) {
    e.click();
    e.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }));
  }
  return found.length;
})()`;

/** Where the nth of them is, once it is in view. */
export const PLACE = `(nth) => { ${EVERYTHING}
  const one = found[nth];
  if (!one) return null;
  one.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = one.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}`;

/** As bots do: first as it is, then with something in every field, then past the script. */
const SUBMIT_ALL = `(() => { ${EVERYTHING}
  const forms = all(document).filter((e) => e.localName === 'form');
  for (const form of forms) {
    form.requestSubmit();
    for (const field of form.querySelectorAll('input')) {
      field.value = 'bot@bots.example';
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: field.value }));
    }
    form.requestSubmit();
    form.submit();
  }
  return forms.length;
})()`;

/** How many there were. */
export const submitForms = (page: Page): Promise<number> => page.evaluate<number>(SUBMIT_ALL);
