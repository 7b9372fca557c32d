import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { galleryRoutes } from '../../demo/gallery/index.ts';

/** The gallery alone, on a free port. */
export async function serveGallery(): Promise<{ url: string; stop: () => void }> {
  const server = createServer(getRequestListener(galleryRoutes().fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/gallery`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
