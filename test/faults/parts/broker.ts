import { audit } from '../../../demo/audit/schema.ts';
import '../../../demo/quiet.ts';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createLog } from '../../../demo/base/log.ts';
import { type Broker, startBroker } from '../../../demo/broker/main.ts';
import { readScripts } from '../../../demo/broker/scripts.ts';
import { sweep } from '../../../demo/broker/sweep.ts';
import type { Config } from '../../../demo/context/config.ts';
import { quota, upload } from '../../../demo/uploads/schema.ts';
import { answerQuestions } from './part.ts';

/** After this every grant, upload and lease of the run is over, and no file's retention. */
const LATER_MS = 9 * 86_400_000;

export interface BrokerOrder {
  readonly port: number;
  readonly config: Config;
}

/** What the broker has in its tables once everything that could end has ended. */
export interface Books {
  readonly uploads: readonly {
    readonly id: string;
    readonly name: string;
    readonly size: number;
    readonly sha256: string | null;
    readonly objectKey: string;
    readonly state: string;
  }[];
  readonly quotas: readonly { readonly holder: string; readonly used: number; readonly reserved: number }[];
  readonly acts: readonly { readonly act: string; readonly subject: string }[];
}

const scripts = readScripts(new URL('../../../dist/cdn/', import.meta.url));
const log = createLog((line) => process.env.LOG === '1' && process.stderr.write(`${line}\n`), Date.now);
let broker: Broker | null = null;

answerQuestions(async ({ start, stop, isSwept }) => {
  if (start) return begin(start as BrokerOrder);
  if (!broker) throw new Error('The broker was not started');
  if (stop) return broker.close();
  return readBooks(broker, isSwept === true);
});

async function begin({ port, config }: BrokerOrder): Promise<string> {
  const server = createServer();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  broker = await startBroker(server, config, scripts, log);
  const bad = broker.findings.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
  if (bad.length > 0) throw new Error(`The bucket is not safe: ${bad.join(', ')}`);
  return scripts.upload.path;
}

async function readBooks({ deps }: Broker, isSwept: boolean): Promise<Books> {
  const later = { ...deps, now: () => deps.now() + LATER_MS };
  // Twice: what one sweep ends, the next clears away.
  for (let times = 0; isSwept && times < 2; times++) await sweep(later);
  const { q } = deps.db;
  const [uploads, quotas, acts] = [
    await q.select().from(upload),
    await q.select().from(quota),
    await q.select().from(audit),
  ];
  return {
    uploads: uploads.map(({ id, name, size, sha256, objectKey, state }) => ({
      id,
      name,
      size,
      sha256,
      objectKey,
      state,
    })),
    quotas: quotas.map(({ holder, used, reserved }) => ({ holder, used, reserved })),
    acts: acts.map(({ act, subject }) => ({ act, subject })),
  };
}
