import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostileSite {
  /** Without a path. */
  readonly origin: string;
  /** A page of it whose link leads to this address, with whatever Referer the browser then sends. */
  linkTo(address: string): string;
  /** A page whose button opens this address in a window, and hands each message to it over and over. */
  windowOn(address: string, message: unknown): string;
  close(): void;
}

/** A site that is no app's, on a host of its own: for browsers it is another site than the broker and the builder's page. */
export async function startHostileSite(): Promise<HostileSite> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://x');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><meta charset="utf-8"><title>You have won</title>${searchParams.get('page')}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
  const origin = `http://127.0.0.2:${(server.address() as AddressInfo).port}`;
  const page = (html: string) => `${origin}/?${new URLSearchParams({ page: html })}`;
  const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return {
    origin,
    linkTo: (address) => page(`<a href="${quoted(address)}" referrerpolicy="unsafe-url">Go on</a>`),
    windowOn: (address, message) =>
      page(`<button>Go on</button><script>
        const heard = (window.heard = []);
        addEventListener('message', ({ data }) => heard.push(data));
        document.querySelector('button').onclick = () => {
          const opened = window.open(${JSON.stringify(address)});
          setInterval(() => opened.postMessage(${JSON.stringify(message).replaceAll('<', '\\u003c')}, '*'), 50);
        };
      </script>`),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
