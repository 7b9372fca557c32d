import { BrowserSaver } from '../client/browser-saver.ts';
import { RecipientClient } from '../client/recipient-client.ts';
import { RecipientFlow } from '../flow/recipient-flow.ts';
import { makePageKey } from '../identity/proof.ts';
import { createProvenFetch } from '../identity/proven-fetch.ts';
import { browserClock } from './browser-clock.ts';

export interface RecipientSettings {
  readonly broker: URL;
  /** The secret of the link; null where the address holds none. */
  readonly token: string | null;
  readonly surface: 'page' | 'embedded';
}

/** The recipient's parts. Sign-in, Uppy and the transfer are never loaded by this path. */
export function composeRecipient({ broker, token, surface }: RecipientSettings): RecipientFlow {
  const fetch = (url: URL, init: RequestInit) => globalThis.fetch(url, init);
  const prove = async (firstNonce: string | undefined) =>
    createProvenFetch(broker.origin, await makePageKey(), { fetch, now: Date.now }, firstNonce);
  const calls = token === null ? null : new RecipientClient(broker, token, { fetch, prove });
  return new RecipientFlow({ calls, saver: new BrowserSaver(navigator.userAgent), clock: browserClock }, { surface });
}
