import type { BrowserSaver } from '../client/browser-saver.ts';
import type { Fetch } from '../client/call.ts';
import { RecipientClient } from '../client/recipient-client.ts';
import { RecipientFlow } from '../flow/recipient-flow.ts';
import { makePageKey } from '../identity/proof.ts';
import { createProvenFetch } from '../identity/proven-fetch.ts';
import { VERSION } from '../version.ts';
import { browserClock } from './browser-clock.ts';
import type { RecipientSettings } from './recipient-settings.ts';

/** The recipient's parts, around what was answered already. Sign-in, Uppy and the transfer are never loaded by this path. */
export function openRecipient(
  { broker, token, surface }: RecipientSettings,
  saver: BrowserSaver,
  fetch: Fetch = (url, init) => globalThis.fetch(url, init),
): RecipientFlow {
  const prove = async (firstNonce: string | undefined) =>
    createProvenFetch(broker.origin, await makePageKey(), { fetch, now: Date.now }, firstNonce);
  const calls = token === null ? null : new RecipientClient(broker, token, { fetch, prove });
  return new RecipientFlow({ calls, saver, clock: browserClock }, { surface, version: VERSION });
}
