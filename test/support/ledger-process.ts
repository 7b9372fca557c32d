import { setTimeout as pause } from 'node:timers/promises';
import { record } from '../../demo/audit/index.ts';
import { openPglite, openPostgres } from '../../demo/database/index.ts';
import { startSequencer, telling } from '../../demo/ledger/sequencer.ts';
import { testDeps } from './broker.ts';

/**
 * Writes acts in a process of its own and tells the id of each entry once it is committed; ends with its parent. With a
 * database and a name; with a sequencer where the third word says so.
 */
const [database = '', name = '', sequences = '', count = '0'] = process.argv.slice(2);
const opened = await (database.startsWith('postgresql:') ? openPostgres(database) : openPglite({ dataDir: database }));
const deps = await testDeps({ db: opened });
const sequencer = sequences === 'sequences' ? startSequencer(deps) : null;
const db = telling(opened, () => sequencer?.wake());
process.once('disconnect', () => process.exit());

async function write(writer: number): Promise<void> {
  for (let i = 0; i < Number(count); i++) {
    const act = { tenant: 'acme', app: 'cases', actor: `person:${writer}`, act: 'upload.granted' };
    const [id] = await db.transaction((tx) => record(tx, new Date(), { ...act, subject: `${name}-${writer}-${i}` }));
    process.send?.(id);
    await pause(i % 3);
  }
}
await Promise.all([0, 1, 2, 3].map(write));
process.send?.('done');
