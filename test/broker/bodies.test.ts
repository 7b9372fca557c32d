import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ROUTES, type RouteFacts } from '../../src/contract/index.ts';
import { PageKey } from '../support/page-key.ts';
import type { SignInRig } from '../support/sign-in.ts';
import { startWholeBroker } from '../support/whole-broker.ts';

const BYTES = 300_000;
const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

interface Sent {
  readonly path: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isChunked?: boolean;
  /** Milliseconds from one tenth of the body to the next. */
  readonly every?: number;
}

describe('a body of 300 kB has an answer, and its connection goes on', () => {
  let rig: SignInRig;
  let key: PageKey;
  before(async () => {
    rig = await startWholeBroker();
    key = await PageKey.make();
  });
  after(() => rig.close());

  /** Sends it in tenths, then asks once more on the same connection. The statuses, and the problem of the first. */
  const send = async ({ path, type = JSON_TYPE, headers = {}, isChunked = false, every = 0 }: Sent) => {
    const socket = connect(Number(new URL(rig.url).port), '127.0.0.1');
    let heard = '';
    let cut = '';
    const twice = new Promise<void>((resolve) => {
      socket.on('data', (piece) => {
        heard += piece.toString('latin1');
        if (heard.includes('"status":"ok"')) resolve();
      });
      socket.on('error', (error) => {
        cut = error.message;
        resolve();
      });
      socket.on('close', () => resolve());
    });
    const lines = { Host: '127.0.0.1', 'Content-Type': type, ...headers };
    const length = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${BYTES}`;
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST ${path} HTTP/1.1\r\n${head.join('')}${length}\r\n\r\n`);
    const tenth = BYTES / 10;
    for (let sent = 0; sent < BYTES && !socket.destroyed; sent += tenth) {
      const text = (sent === 0 ? '{"a":"' : '').padEnd(tenth, 'x');
      socket.write(isChunked ? `${tenth.toString(16)}\r\n${text}\r\n` : text);
      if (every > 0) await pause(every);
    }
    socket.write(`${isChunked ? '0\r\n\r\n' : ''}GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    await twice;
    socket.destroy();
    const statuses = [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
    return { cut, statuses, code: /"code":"(\w+)"/.exec(heard)?.[1] };
  };
  const proven = async (path: string) => ({
    path,
    headers: { Origin: rig.url, ...(await key.headers(rig.deps, 'POST', path)) },
  });
  const large = { cut: '', statuses: [413, 200], code: 'body_large' };

  const routes: readonly RouteFacts[] = Object.values(ROUTES);
  for (const { path } of routes.filter(
    ({ method, auth }) => method === 'POST' && auth !== 'token' && auth !== 'recipient',
  )) {
    test(`POST ${path}`, async () => {
      assert.deepEqual(await send(await proven(path)), large);
    });
  }

  test('POST with a token, which is refused before anything is read', async () => {
    for (const path of routes.filter(({ auth }) => auth === 'token' || auth === 'recipient').map(({ path }) => path)) {
      const { cut, statuses } = await send({ path });
      assert.equal(cut, '', path);
      assert.deepEqual([statuses.length, statuses[1]], [2, 200], path);
      assert.ok((statuses[0] ?? 0) >= 400 && (statuses[0] ?? 0) < 500, path);
    }
  });

  test('the start of a sign-in, and of one by code', async () => {
    for (const path of ['/sign-in/start', '/v1/sign-in/code']) {
      assert.deepEqual(await send(await proven(path)), large, path);
    }
  });

  for (const path of ['/oidc/token', '/oidc/token/revocation', '/oidc/token/introspection', '/oidc/request']) {
    test(`the issuer at ${path}, also where the length is not told`, async () => {
      assert.deepEqual(await send({ path, type: FORM }), large);
      const { cut, statuses } = await send({ path, type: FORM, isChunked: true });
      assert.equal(cut, '');
      assert.deepEqual([statuses.length, statuses[1]], [2, 200]);
      assert.ok([400, 404].includes(statuses[0] ?? 0), String(statuses[0]));
    });
  }

  test('on a slow line the refusal of a stale proof comes whole, however long the body still takes', async () => {
    const path = '/v1/sign-in/collect';
    const stale = await key.headers(rig.deps, 'POST', path, undefined, 'of-another-process');
    // Half a second after an answer Hono's server cuts whoever still sends.
    const slow = await send({ path, headers: stale, every: 100 });
    assert.deepEqual(slow, { cut: '', statuses: [401, 200], code: 'proof_nonce' });
    assert.deepEqual(await send({ path: '/oidc/token', type: FORM, every: 100 }), large);
  });
});
