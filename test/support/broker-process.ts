import { mock } from 'node:test';
import { openPostgres } from '../../demo/database/index.ts';
import { addressOf, answerWith, listen, signInDeps } from './sign-in.ts';
import { wholeBroker } from './whole-broker.ts';

// One broker in a process of its own, for two-processes.ts: tells its port when it is ready, and ends with its parent.
const [url = '', provider = '', database = ''] = process.argv.slice(2);
const server = await listen();
const deps = await signInDeps({ url, provider, db: await openPostgres(database) });
server.on('request', answerWith(deps, wholeBroker));
process.send?.(addressOf(server));
process.on('message', (seconds: number) => {
  const now = Date.now() + seconds * 1000;
  mock.timers.reset();
  mock.timers.enable({ apis: ['Date'], now }); // oidc-provider has no other clock.
  deps.clock.pass(seconds);
  process.send?.('passed');
});
process.once('disconnect', () => process.exit());
