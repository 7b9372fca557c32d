import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../../build/root.ts';
import type { ServiceClient } from '../../../demo/registry/service-client.ts';
import type { CompletedUploads, StartedUploads } from '../../../src/contract/index.ts';
import { bytes, PDF } from '../../policy/files.ts';
import { asPut } from '../../support/as-put.ts';
import { type IssuerRig, startIssuer } from '../../support/issuer.ts';
import { factsOf, openTestStorage, put } from '../../support/upload-rig.ts';

describe('the program of docs/automations.md', () => {
  let rig: IssuerRig;
  let closeStorage: () => Promise<void>;
  /** In the project, so that it finds its one package. */
  const folder = mkdtempSync(join(root, 'node_modules/.cache/su-automation-'));
  const keyFile = join(folder, 'archive.key.json');
  const program = join(folder, 'archive.mjs');
  before(async () => {
    const text = readFileSync(join(root, 'docs/automations.md'), 'utf8');
    writeFileSync(program, /```js\n([\s\S]+?)```/.exec(text)?.[1] ?? assert.fail('no program'));
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(keyFile, JSON.stringify(privateKey.export({ format: 'jwk' })));
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const key = { kty: 'EC' as const, crv: 'P-256' as const, x, y, kid: 'archive-1' };
    const service: ServiceClient = {
      id: 'cases.archive',
      app: 'cases',
      scopes: ['files:read', 'files:read:app'],
      jwks: { keys: [key] },
    };
    const { storage, close } = await openTestStorage(Date.now);
    closeStorage = close;
    rig = await startIssuer({ storage, services: [service] });
  });
  after(async () => {
    await rig?.close();
    await closeStorage?.();
    rmSync(folder, { recursive: true });
  });

  const run = (env: NodeJS.ProcessEnv) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(process.execPath, [program], { env: { PATH: process.env.PATH, ...env } }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      );
    });
  const upload = async (app: string, name: string, content: Uint8Array) => {
    const { tag, token } = await rig.holder({ app, person: `sender-of-${name}` });
    const origin = `https://www.${app === 'cases' ? 'acme' : 'globex'}.example`;
    const post = async (path: string, body: unknown) => {
      const headers = { 'idempotency-key': crypto.randomUUID() };
      return (await (await tag.call('POST', path, { token, body, origin, headers })).json()) as unknown;
    };
    const started = (await post('/v1/uploads', {
      files: [factsOf(name, 'application/pdf', content)],
    })) as StartedUploads;
    const [entry] = started.files;
    if (!entry || !('upload' in entry)) return assert.fail(JSON.stringify(started));
    assert.equal(await put(asPut(entry.upload.grant), content), 200);
    const done = (await post('/v1/uploads/complete', { uploads: [{ id: entry.upload.id }] })) as CompletedUploads;
    assert.ok(done.files[0] && 'file' in done.files[0], JSON.stringify(done));
    return entry.upload.id;
  };

  test("fetches every person's files of its app, whole, and none of another", async () => {
    const contents = ['one', 'two', 'three'].map((text) => bytes(PDF, text));
    const ids: string[] = [];
    for (const [n, content] of contents.entries()) ids.push(await upload('cases', `${n}.pdf`, content));
    await upload('globex-cases', 'foreign.pdf', bytes(PDF, 'foreign'));
    const FOLDER = join(folder, 'files');
    mkdirSync(FOLDER);
    const { code, err } = await run({ BROKER: rig.url, CLIENT_ID: 'cases.archive', KEY_FILE: keyFile, FOLDER });
    assert.equal(code, 0, err);
    assert.deepEqual(readdirSync(FOLDER).sort(), [...ids].sort());
    for (const [n, id] of ids.entries())
      assert.deepEqual(readFileSync(join(FOLDER, id)), Buffer.from(contents[n] ?? []));
  });

  test('gets nothing with a key that is not registered', async () => {
    const other = join(mkdtempSync(join(tmpdir(), 'su-key-')), 'key.json');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(other, JSON.stringify(privateKey.export({ format: 'jwk' })));
    const FOLDER = join(folder, 'nothing');
    mkdirSync(FOLDER);
    const { code } = await run({ BROKER: rig.url, CLIENT_ID: 'cases.archive', KEY_FILE: other, FOLDER });
    assert.equal(code, 1);
    assert.deepEqual(readdirSync(FOLDER), []);
  });
});
