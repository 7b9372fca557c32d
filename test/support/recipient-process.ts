import { openPglite, openPostgres } from '../../demo/database/index.ts';
import { testDeps } from './broker.ts';
import { changed } from './crash.ts';
import { MemoryStorage } from './memory-storage.ts';
import { addressOf, answerWith, listen } from './sign-in.ts';
import { wholeBroker } from './whole-broker.ts';

// A whole broker in a process of its own, for recipient-processes.ts: tells its port when it is ready, ends with its
// parent. With `stands`, it stands still for ever between the commit of a claim and its answer, and says so.
const [database = '', stands = ''] = process.argv.slice(2);
const db = await (database.startsWith('postgresql:') ? openPostgres(database) : openPglite({ dataDir: database }));
const plain = await testDeps({ db });
const signGet = (): Promise<never> => {
  process.send?.('claimed');
  return new Promise(() => {});
};
const storage = changed(new MemoryStorage(plain.now), { signGet });
const deps = stands ? { ...plain, storage } : plain;
const server = await listen();
server.on('request', answerWith(deps, wholeBroker));
process.send?.(addressOf(server));
process.once('disconnect', () => void db.close().finally(() => process.exit()));
