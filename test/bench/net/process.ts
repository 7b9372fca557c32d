/** The store and the broker's stand-in in a process of their own, so that no page waits for the rig's bookkeeping. */
import { BrokerStandIn } from './broker.ts';
import { Line } from './line.ts';
import type { Ends, NetworkFacts, Seen } from './network.ts';
import { serve, type Traffic } from './server.ts';
import { Store } from './store.ts';

const facts = JSON.parse(process.argv[2] ?? '') as NetworkFacts;
const line = new Line(facts);
const store = new Store(line, facts.isChecking);
const traffic: Traffic = { requests: 0, preflights: 0 };

const storeOrigin = await serve(line, traffic, (request, url) => store.handle(request, url));
const broker = new BrokerStandIn(store, storeOrigin, line, facts.takesForms);
const ends: Ends = {
  store: storeOrigin,
  broker: await serve(line, traffic, (request, url) => broker.handle(request, url)),
};

process.on('message', () => {
  const objects = [...store.objects.values()].map(({ size, sha256 }) => ({ size, sha256 }));
  const seen: Seen = { ...traffic, bytes: store.bytes, objects };
  store.forget();
  traffic.requests = 0;
  traffic.preflights = 0;
  process.send?.(seen);
});
process.on('disconnect', () => process.exit());
process.send?.(ends);
