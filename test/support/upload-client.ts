import { BrokerClient } from '../../src/client/broker-client.ts';
import type { UploadRig } from './upload-rig.ts';

/** The page's client, calling the routes of the rig as a person who is signed in. */
export function clientOf(rig: UploadRig): BrokerClient {
  return new BrokerClient(new URL(rig.deps.config.publicUrl), async (url, { method = 'GET', body, headers }) => {
    const sent = Object.fromEntries(new Headers(headers));
    const given = body === undefined ? undefined : JSON.parse(String(body));
    const { status, body: answer, headers: received } = await rig.call(method, url.pathname, given, {}, sent);
    return new Response(answer === null ? null : JSON.stringify(answer), { status, headers: received });
  });
}
