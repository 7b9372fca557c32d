import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { speaksHttp2 } from '../../demo/bucket/http2.ts';
import { createStorage } from '../../demo/bucket/storage.ts';
import { createStore } from '../../demo/storage/index.ts';
import { CREDENTIALS, REGION, temporaryFolder } from '../storage/support.ts';

const run = promisify(execFile);
const COMMAND = fileURLToPath(new URL('../../bin/secure-upload.ts', import.meta.url));
const NAME = 'localhost';

/** A certificate that lives as long as this test, for the name of this machine alone. */
let certificate: { readonly key: Buffer; readonly cert: Buffer; readonly path: string };
const cleanups: (() => unknown)[] = [];
before(async () => {
  const folder = temporaryFolder({ after: (cleanup) => void cleanups.push(cleanup as () => unknown) });
  const [key, path] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const name = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`];
  await run('openssl', ['req', '-x509', '-days', '2', ...kind, ...name, '-keyout', key, '-out', path]);
  certificate = { key: readFileSync(key), cert: readFileSync(path), path };
});
after(async () => {
  for (const cleanup of cleanups) await cleanup();
});

async function listen(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** What the command prints about a store behind this server, to a machine that trusts the certificate. */
async function doctor(endpoint: string): Promise<string> {
  const env = {
    PATH: process.env.PATH ?? '',
    NODE_EXTRA_CA_CERTS: certificate.path,
    S3_ENDPOINT: endpoint,
    S3_REGION: REGION,
    S3_BUCKET: 'uploads',
    S3_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    S3_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
  const { stdout } = await run(process.execPath, ['--import', 'tsx', COMMAND, 'doctor'], { env, timeout: 60_000 });
  return stdout;
}

/** A store with a bucket, as a listener for any server. */
async function store(t: TestContext) {
  const listener = await createStore({ dataDir: temporaryFolder(t), credentials: CREDENTIALS, region: REGION });
  const port = await listen(t, createServer(listener));
  const config = { endpoint: `http://127.0.0.1:${port}`, region: REGION, bucket: 'uploads', ...CREDENTIALS };
  await createStorage(config, { now: Date.now }).ensure();
  return listener;
}

describe('the doctor finds how many requests a page may have under way', () => {
  test('sixteen where the store offers HTTP/2', async (t) => {
    const listener = await store(t);
    // Its own calls come by HTTP/1.1, as Node's fetch makes them.
    const server = createSecureServer({ ...certificate, allowHTTP1: true });
    server.on('request', (message, response) => listener(message as never, response as never));
    const port = await listen(t, server);
    assert.match(await doctor(`https://${NAME}:${port}`), /Browsers speak HTTP\/2 with this storage: 16 at a time\./);
  });

  test('six where it is encrypted, but offers HTTP/1.1 only', async (t) => {
    const port = await listen(t, createTlsServer({ ...certificate }, await store(t)));
    assert.match(await doctor(`https://${NAME}:${port}`), /Browsers speak HTTP\/1\.1 with this storage: 6 at a time\./);
  });

  test('six where nothing is encrypted: no browser speaks HTTP/2 then', async () => {
    assert.equal(await speaksHttp2('http://127.0.0.1:1'), false);
  });

  test('six where nobody answers, where the certificate is not trusted, and where no TLS is spoken', async (t) => {
    const port = await listen(t, createSecureServer({ ...certificate }));
    assert.equal(await speaksHttp2(`https://${NAME}:${port}`), false);
    const closed = createTcpServer();
    const gone = await listen(t, closed);
    await new Promise((resolve) => closed.close(resolve));
    assert.equal(await speaksHttp2(`https://127.0.0.1:${gone}`), false);
    const deaf = await listen(
      t,
      createTcpServer((socket) => socket.end('SSH-2.0\r\n')),
    );
    assert.equal(await speaksHttp2(`https://127.0.0.1:${deaf}`), false);
  });
});
