import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createBuilder } from 'vite';
import { root } from '../../build/root.ts';
import { createApp } from '../../demo/broker/app.ts';
import { rotateNow } from '../../demo/identity/key-rotation.ts';
import { createIssuer } from '../../demo/identity/live-issuer.ts';
import { exportLedger } from '../../demo/ledger/export.ts';
import { sequence } from '../../demo/ledger/sequence.ts';
import type { ReceiptFile } from '../../src/contract/index.ts';
import { buildInto } from '../../vite.config.ts';
import { LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';
import { NO_SCRIPTS } from '../support/scripts.ts';

interface Line {
  leaf?: number;
  checkpoint?: string;
  record?: { acts: { subject: string }[] };
}
type Ran = { code: unknown; out: string; err: string };

// Somewhere with no other package near, so that what the command needs must have come along in the tarball.
const folder = mkdtempSync(join(tmpdir(), 'su-packed-'));
const installed = join(folder, 'node_modules/secure-upload');

describe('the command out of the packed package', () => {
  let server: Server;
  let rig: LinkRig;
  let url: string;
  let file: ReceiptFile;
  let good: Line[];
  let older: string;
  const asked: string[] = [];

  before(async () => {
    const source = join(folder, 'source');
    mkdirSync(source);
    cpSync(`${root}package.json`, join(source, 'package.json'));
    const builder = await createBuilder({ ...buildInto(join(source, 'dist')), configFile: false });
    await builder.build(builder.environments.bin ?? assert.fail('the command is not built'));
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: source });
    mkdirSync(installed, { recursive: true });
    const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
    execFileSync('tar', ['xzf', join(folder, `secure-upload-${version}.tgz`), '-C', installed, '--strip-components=1']);

    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    rig = await LinkRig.start({ publicUrl: url });
    const app = createApp(rig.deps, createIssuer(rig.deps), NO_SCRIPTS);
    const answer = getRequestListener(app.fetch);
    server.on('request', (request, response) => {
      asked.push(request.url ?? '');
      return answer(request, response);
    });
    const key = await PageKey.make();
    const { token } = await rig.sentLink();
    const { verified } = await rig.accepted(token, key);
    file = (await rig.asRecipient('receipt', verified.recipient_token, key)).body as ReceiptFile;
    older = file.proof?.checkpoint ?? assert.fail('no proof');
    for (let i = 0; i < 3; i++) await rig.sentLink();
    await sequence(rig.deps);
    good = await linesOf(rig);
    for (const name of ['receipt-keys', 'ledger-keys']) {
      writeFileSync(join(folder, `${name}.json`), await (await fetch(`${url}/v1/${name}`)).text());
    }
    write('receipt.json', JSON.stringify(file));
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rig.close();
    rmSync(folder, { recursive: true });
  });

  async function linesOf(of: LinkRig): Promise<Line[]> {
    const lines: Line[] = [];
    for await (const line of exportLedger(of.deps, null)) lines.push(JSON.parse(JSON.stringify(line)));
    return lines;
  }
  function write(name: string, text: string): string {
    writeFileSync(join(folder, name), text);
    return name;
  }
  const run = (...words: string[]) =>
    new Promise<Ran>((resolve) => {
      const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
      const command = join(installed, bin['secure-upload']);
      execFile(process.execPath, [command, 'verify', ...words], { cwd: folder }, (error, out, err) =>
        resolve({ code: error ? error.code : 0, out, err }),
      );
    });
  const told = () => {
    const { leaf, size } = file.proof ?? assert.fail('no proof');
    return {
      genuine: /^Genuine\. j•••@m•••\.org accepted at 2026-03-02T09:00:00\.000Z, reference 7F3K92QD\.\n/,
      place: `It is leaf ${leaf} of ${size} in the ledger.\n`,
    };
  };
  const WRONG = 'No key of this issuer signed it: it was changed after it was issued, or somebody else issued it.\n';
  /** The same claims, signed anew. */
  async function resigned(header: object, claims: object = {}, signer?: CryptoKey): Promise<string> {
    const [, body = ''] = file.receipt.split('.');
    const own = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), ...claims };
    const key = signer ?? (await generateKeyPair('ES256')).privateKey;
    const { kid } = rig.deps.keys.receipt.current;
    const whole = { alg: 'ES256', typ: 'consent-receipt+jwt', kid, ...header };
    const receipt = await new SignJWT(own).setProtectedHeader(whole).sign(key);
    return write('forged.json', JSON.stringify({ ...file, receipt }));
  }

  test('asks the broker that is named for its keys, and finds a receipt genuine and in the ledger', async () => {
    asked.length = 0;
    const { code, out, err } = await run('receipt.json', '--issuer', `${url}/`);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, told().genuine);
    assert.ok(out.endsWith(told().place));
    assert.deepEqual(asked, ['/v1/receipt-keys', '/v1/ledger-keys']);
  });

  test('checks with saved keys and no network, with its place where the keys of the ledger are given too', async () => {
    asked.length = 0;
    const one = await run('receipt.json', '--key', 'receipt-keys.json');
    assert.equal(one.code, 0);
    assert.match(one.out, /Its place in the ledger was not checked: the keys of the ledger were not there\.\n$/);
    const both = await run('receipt.json', '--key', 'receipt-keys.json', '--ledger-key', 'ledger-keys.json');
    assert.ok(both.code === 0 && both.out.endsWith(told().place));
    assert.deepEqual(asked, []);
  });

  test('refuses what a stranger signed well, and never looks at a key or an address that a receipt brings', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'stranger' };
    const theirs: string[] = [];
    const stranger = createServer((request, response) => {
      theirs.push(request.url ?? '');
      response.end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const there = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    for (const header of [{}, { kid: 'stranger' }, { jwk }, { jku: `${there}/keys` }, { x5u: `${there}/cert` }]) {
      const forged = await resigned(header, {}, privateKey);
      for (const source of [
        ['--issuer', url],
        ['--key', 'receipt-keys.json'],
      ]) {
        assert.deepEqual(await run(forged, ...source), { code: 1, out: WRONG, err: '' }, JSON.stringify(header));
      }
    }
    const [, body = ''] = file.receipt.split('.');
    const claims = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), iss: there };
    const receipt = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'consent-receipt+jwt', kid: 'stranger' })
      .sign(privateKey);
    const own = write('own.json', JSON.stringify({ ...file, issuer: there, receipt }));
    assert.deepEqual((await run(own, '--issuer', url)).code, 1);
    assert.deepEqual(theirs, [], 'nobody asked the stranger');
    stranger.close();
  });

  test('says what it could not check, and ends with 2', async () => {
    const nothing = (out: string) => ({ code: 2, out: `Nothing was checked: ${out}\n`, err: '' });
    const unread = 'the keys could not be read, or there are none.';
    assert.deepEqual(await run('receipt.json', '--issuer', 'http://127.0.0.1:9'), nothing(unread));
    assert.deepEqual(await run('receipt.json', '--key', 'receipt.json'), nothing(unread));
    const plain =
      '--issuer takes an address like https://files.example.com. Over plain http anybody on the way could give other keys.';
    assert.deepEqual(await run('receipt.json', '--issuer', 'http://files.acme.example'), nothing(plain));
    assert.deepEqual(await run('receipt.json', '--issuer', 'files.acme.example'), nothing(plain));
    assert.deepEqual(await run('none.json', '--issuer', url), nothing('none.json cannot be read.'));
    write('empty.json', '{}');
    assert.deepEqual(await run('empty.json', '--issuer', url), {
      code: 1,
      out: 'This is no consent receipt.\n',
      err: '',
    });
  });

  describe('on a ledger', () => {
    const name = () => `${url.replace('http://', '')}/v1/ledger`;
    const check = (lines: readonly Line[], ...more: string[]) => {
      const path = write('entries.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return run('ledger', path, '--key', 'ledger-keys.json', ...more);
    };
    const bad = (...lines: string[]) => ({
      code: 1,
      out: [...lines, `${name()} is not as it was written.`, ''].join('\n'),
      err: '',
    });
    const leaves = () => good.filter(({ leaf }) => leaf !== undefined);
    const at = (lines: readonly Line[], leaf: number) => lines.findIndex((line) => line.leaf === leaf);

    test('finds it as it was written', async () => {
      const count = leaves().length;
      const out = `${name()}: ${count} leaves as they were written; ${count} records read, 0 leaves are blind.\n`;
      write('kept.txt', older);
      assert.deepEqual(await check(good, '--checkpoint', 'kept.txt'), { code: 0, out, err: '' });
    });

    test('names a flipped byte', async () => {
      const lines = structuredClone(good);
      const act = lines[at(lines, 2)]?.record?.acts[0] ?? assert.fail('no act');
      act.subject = (act.subject.startsWith('A') ? 'B' : 'A') + act.subject.slice(1);
      assert.deepEqual(await check(lines), bad('Leaf 2 was changed: its record is not what the leaf commits to.'));
    });

    test('names a deleted entry', async () => {
      assert.deepEqual(await check(good.filter(({ leaf }) => leaf !== 2)), bad('Leaf 2 is missing: deleted.'));
    });

    test('names entries in another order', async () => {
      const lines = [...good];
      const [one, two] = [at(lines, 1), at(lines, 2)];
      [lines[one], lines[two]] = [lines[two] ?? {}, lines[one] ?? {}];
      assert.deepEqual(await check(lines), bad('Leaf 1 stands after leaf 2: the order was changed.'));
    });

    test('names where it was cut off', async () => {
      const [count, size] = [leaves().length, Number(older.split('\n')[1])];
      assert.deepEqual(
        await check(good.slice(0, at(good, size))),
        bad(`The export ends before leaf ${size}: ${count - size} of ${count} signed leaves were cut off.`),
      );
    });

    test('names a fork by a checkpoint that was kept', async () => {
      // The same broker with the same keys, which has written its ledger anew.
      const anew = await LinkRig.start({ publicUrl: url });
      Object.assign(anew.deps, { keys: rig.deps.keys });
      for (let i = 0; i < 8; i++) await anew.sentLink();
      await sequence(anew.deps);
      const lines = await linesOf(anew);
      await anew.close();
      write('kept.txt', older);
      assert.equal((await check(lines)).code, 0, 'from it alone nobody can tell');
      const size = Number(older.split('\n')[1]);
      assert.deepEqual(
        await check(lines, '--checkpoint', 'kept.txt'),
        bad(`Fork: One of leaves 0 to ${size - 1} is not the one that the checkpoint you hold signs.`),
      );
    });
  });

  // Last: the keys are others afterwards.
  test('believes a retired key for its time alone', async () => {
    const retired = rig.deps.keys.receipt.current;
    await rotateNow({ db: rig.deps.db, now: rig.deps.now, keyLife: rig.deps.config.times.keyLife }, 'receipt');
    rig.deps.clock.pass(2 * 3600);
    await rig.deps.keys.receipt.reload();
    assert.notEqual(rig.deps.keys.receipt.current.kid, retired.kid);
    assert.equal((await run('receipt.json', '--issuer', url)).code, 0);
    const { kid } = retired;
    const after = { iat: Math.floor(rig.deps.now() / 1000) };
    assert.deepEqual(await run(await resigned({ kid }, after, retired.privateKey), '--issuer', url), {
      code: 1,
      out: WRONG,
      err: '',
    });
    assert.equal((await run(await resigned({ kid }, {}, retired.privateKey), '--key', 'receipt-keys.json')).code, 0);
  });
});
