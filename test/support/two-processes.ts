import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { openTestPostgres } from './database.ts';
import { addressOf, end, listen, startOrganisation } from './sign-in.ts';

export interface TwoProcesses {
  /** Where both are reached. Requests go to one and the other by turns, unless they name theirs by this header. */
  readonly url: string;
  readonly provider: string;
  /** Of the PostgreSQL that both are on. */
  readonly database: string;
  /** Moves the clocks of both on. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Which process a request is for: `{ [PROCESS]: '0' }` or `'1'`. */
export const PROCESS = 'x-test-process';

/** Two brokers, each a process of its own, on one PostgreSQL and behind one address, as behind a load balancer. */
export async function startTwoProcesses(): Promise<TwoProcesses> {
  const [postgres, front] = await Promise.all([openTestPostgres(), listen()]);
  const url = addressOf(front);
  const organisation = await startOrganisation(url);
  const program = fileURLToPath(new URL('./broker-process.ts', import.meta.url));
  const start = async (): Promise<[ChildProcess, string]> => {
    const child = fork(program, [url, organisation.url, postgres.url], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [address] = (await once(child, 'message')) as [string];
    return [child, address];
  };
  const first = await start(); // It migrates.
  const brokers = [first, await start()];
  let turn = 0;
  front.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const named = incoming.headers[PROCESS];
    const [, address = ''] = brokers[typeof named === 'string' ? Number(named) : turn++ % brokers.length] ?? [];
    const { method, headers, url: path } = incoming;
    const passed = request(`${address}${path}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  return {
    url,
    provider: organisation.url,
    database: postgres.url,
    async pass(seconds) {
      await Promise.all(
        brokers.map(async ([child]) => {
          child.send(seconds);
          await once(child, 'message');
        }),
      );
    },
    async close() {
      await Promise.all(
        brokers.map(async ([child]) => {
          child.disconnect();
          await once(child, 'exit');
        }),
      );
      end(front);
      organisation.close();
      await postgres.stop();
    },
  };
}
