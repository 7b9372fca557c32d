import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopback } from './loopback.ts';
import { createStore, type StoreOptions } from './store.ts';

export { createStore, type StoreOptions } from './store.ts';

export interface RunningStore {
  /** Endpoint for S3 clients (path-style), without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** A slow upload may take as long as it likes; a silent one may not. */
const SILENCE_MS = 60_000;

export interface StartOptions extends StoreOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** A loopback address; anything else fails. */
  readonly host?: string;
  /** Gets the banner: one line that says where it is and that it is for development. */
  readonly print?: (line: string) => void;
}

export async function startStore({ port, host = '127.0.0.1', print, ...options }: StartOptions): Promise<RunningStore> {
  if (!isLoopback(host)) {
    throw new Error(
      `The development store listens on this machine only: 127.0.0.1 instead of ${host}. Elsewhere use a real S3.`,
    );
  }
  const server = createServer({ requestTimeout: 0, connectionsCheckingInterval: 5_000 }, await createStore(options));
  server.timeout = SILENCE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: taken } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  print?.(
    `Development storage (S3) at ${url}, files in ${options.dataDir}. One process, one disk, no backup: not for production.`,
  );
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
