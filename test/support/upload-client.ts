import { BrokerClient } from '../../src/client/broker-client.ts';
import type { Fetch } from '../../src/client/call.ts';
import type { Who } from './page-key.ts';
import type { UploadRig } from './upload-rig.ts';

export const brokerOf = (rig: UploadRig): URL => new URL(rig.deps.config.publicUrl);

/** The page's client, calling the routes of the rig as a person who is signed in. */
export const clientOf = (rig: UploadRig, who: Who = {}): BrokerClient =>
  new BrokerClient(brokerOf(rig), fetchOf(rig, who));

/** What the page's clients are given: signs each call as this person. */
export function fetchOf(rig: UploadRig, who: Who = {}): Fetch {
  return async (url, { method = 'GET', body, headers }) => {
    const sent = Object.fromEntries(new Headers(headers));
    const given = body === undefined ? undefined : JSON.parse(String(body));
    const { status, body: answer, headers: received } = await rig.call(method, url.pathname, given, who, sent);
    return new Response(answer === null ? null : JSON.stringify(answer), { status, headers: received });
  };
}
