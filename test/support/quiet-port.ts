import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Free, and below those that the system gives to connections of others meanwhile (from 32768 on Linux). Browsers refuse 10080
 * (Fetch, "bad port").
 */
export async function quietPort(): Promise<number> {
  for (;;) {
    const server = createServer();
    const port = randomInt(10_081, 32_000);
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
