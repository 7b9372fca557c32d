import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Database } from '../../demo/database/index.ts';
import { sequence } from '../../demo/ledger/sequence.ts';
import { FILES_A_CALL, type StartedUploads } from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { asPut } from '../support/as-put.ts';
import { factsOf, put, UploadRig } from '../support/upload-rig.ts';
import { median } from './figures.ts';

export const COST_ROUNDS = 9;
const FILES = 200;
/** As many as a page sends at a time. */
const AT_ONCE = 6;

/**
 * What the ledger costs an upload of 200 small files, from the first call to the last receipt: the same upload with and
 * without, one after the other, in turns. Without: acts are written without their entries, and no checkpoint is made. Times are of
 * broker, database, store and caller in one process; on a busy machine its CPU time alone says something.
 */
export async function benchLedgerCost({
  rounds,
  files = FILES,
  tell,
  signal,
}: {
  rounds: number;
  files?: number;
  tell: (text: string) => void;
  signal: AbortSignal;
}) {
  const load = loadavg()[0] ?? 0;
  const rig = await UploadRig.start({ template: (one) => ({ ...one, limits: { ...one.limits, max_files: files } }) });
  const { db } = rig.deps;
  try {
    const { transaction } = db;
    const take = async (isOn: boolean, name: string): Promise<{ upload: number; tree: number; cpu: number }> => {
      Object.assign(db, { transaction: isOn ? transaction : without(transaction) });
      const [began, spent] = [performance.now(), process.cpuUsage()];
      await uploadAll(rig, files, name);
      const uploaded = performance.now();
      if (isOn) await sequence(rig.deps);
      const { user, system } = process.cpuUsage(spent);
      return { upload: uploaded - began, tree: performance.now() - uploaded, cpu: (user + system) / 1000 };
    };
    await take(true, 'warm');
    const pairs = [];
    for (let round = 0; round < rounds; round++) {
      signal.throwIfAborted();
      const isFirst = round % 2 === 0;
      const first = await take(isFirst, `${round}-a`);
      const second = await take(!isFirst, `${round}-b`);
      pairs.push(isFirst ? { on: first, off: second } : { on: second, off: first });
      tell(`ledger cost: ${round + 1} of ${rounds} pairs`);
    }
    const ms = (list: readonly number[]) => Math.round(median([...list]) ?? 0);
    const part = (list: readonly number[]) => Math.round((median([...list]) ?? 0) * 1000) / 1000;
    return {
      case: `ledger-cost-${files}`,
      with_ms: ms(pairs.map(({ on }) => on.upload)),
      tree_ms: ms(pairs.map(({ on }) => on.tree)),
      without_ms: ms(pairs.map(({ off }) => off.upload)),
      ratio: part(pairs.map(({ on, off }) => (on.upload + on.tree) / off.upload)),
      with_cpu_ms: ms(pairs.map(({ on }) => on.cpu)),
      without_cpu_ms: ms(pairs.map(({ off }) => off.cpu)),
      cpu_ratio: part(pairs.map(({ on, off }) => on.cpu / off.cpu)),
      rounds,
      load: Number(load.toFixed(1)),
    };
  } finally {
    await rig.close();
  }
}

/** `record` writes entries in a WITH of its one statement: left out, the act alone is written, in as many statements. */
const without =
  (transaction: Database['transaction']): Database['transaction'] =>
  (work) =>
    transaction((tx) => work(Object.create(tx, { with: { value: () => tx } })));

async function uploadAll(rig: UploadRig, count: number, name: string): Promise<void> {
  const contents = Array.from({ length: count }, (_, i) =>
    bytes(PDF, `${name} ${i} ${randomBytes(400).toString('hex')}`),
  );
  const facts = contents.map((content, i) => factsOf(`${name}-${i}.pdf`, 'application/pdf', content));
  for (let from = 0; from < count; from += FILES_A_CALL) {
    const answer = await rig.post('/v1/uploads', { files: facts.slice(from, from + FILES_A_CALL) });
    if (answer.status !== 201) throw new Error(`granted: ${answer.status} ${JSON.stringify(answer.body)}`);
    const granted = (answer.body as StartedUploads).files.flatMap((file) => ('upload' in file ? [file.upload] : []));
    let next = 0;
    const send = async (): Promise<void> => {
      for (let i = next++; i < granted.length; i = next++) {
        const { id, grant } = granted[i] ?? {};
        if (!id || !grant) throw new Error('no grant');
        await put(asPut(grant), contents[from + i] ?? new Uint8Array());
        const { problem } = await rig.complete(id);
        if (problem) throw new Error(problem.code);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
  }
}
