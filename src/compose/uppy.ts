import { AppClient } from '../client/app-source.ts';
import { BrokerClient } from '../client/broker-client.ts';
import { TicketClient } from '../client/ticket-client.ts';
import { BrokerIdentity } from '../identity/identity.ts';
import { StartPage } from '../identity/start-page.ts';
import { browserClock } from './browser-clock.ts';

/** The parts for an Uppy that is there already: who signs in, and the calls as that person. */
export function composeForUppy({ broker, app }: { readonly broker: URL; readonly app: string }) {
  const fetch = (url: URL, init: RequestInit) => globalThis.fetch(url, init);
  const identity = new BrokerIdentity(broker, { fetch, clock: browserClock });
  return {
    identity,
    apps: new AppClient(broker, app, fetch),
    client: new BrokerClient(broker, identity.fetch),
    tickets: new TicketClient(broker, identity.fetch),
    /** Within the person's click. Fails with popup_blocked. */
    openStartPage: () => new StartPage(broker, app, window),
    wait: (ms: number) => new Promise<void>((resolve) => void browserClock.after(ms, resolve)),
  };
}
