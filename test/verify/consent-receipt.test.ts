import assert from 'node:assert/strict';
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { createLocalJWKSet, generateKeyPair, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { verifyReceipt } from '../../bin/verify-receipt.ts';
import { createApp } from '../../demo/broker/app.ts';
import { createIssuer } from '../../demo/identity/live-issuer.ts';
import type { ReceiptFile } from '../../src/contract/index.ts';
import { type ReceiptKey, VerifyError, verifyConsent, verifyReceiptFile } from '../../src/verify/index.ts';
import { LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';
import { NO_SCRIPTS } from '../support/scripts.ts';

const ISSUER = 'https://broker.example';

describe('a consent receipt', () => {
  let rig: LinkRig;
  let file: ReceiptFile;
  let fetch: (url: string) => Promise<Response>;
  const code = (wanted: string) => (error: unknown) => error instanceof VerifyError && error.code === wanted;

  before(async () => {
    rig = await LinkRig.start();
    const app = createApp(rig.deps, createIssuer(rig.deps), NO_SCRIPTS);
    fetch = async (url) => app.request(url.slice(ISSUER.length));
    const key = await PageKey.make();
    const { token } = await rig.sentLink();
    const { verified } = await rig.accepted(token, key);
    const answer = await rig.asRecipient('receipt', verified.recipient_token, key);
    assert.equal(answer.status, 200);
    file = answer.body as ReceiptFile;
  });
  after(() => rig.close());

  // Shares nothing with the writer: jose for the signature, node:crypto for the hashing of RFC 6962 and of the leaf.
  test('is found genuine, and in the ledger, by code of another origin', async () => {
    const published = (await (await fetch(`${ISSUER}/v1/receipt-keys`)).json()) as JSONWebKeySet;
    const { payload } = await jwtVerify(file.receipt, createLocalJWKSet(published), {
      typ: 'consent-receipt+jwt',
      issuer: ISSUER,
      currentDate: new Date(rig.deps.now()),
    });
    const sum = (data: string | Buffer) => createHash('sha256').update(data).digest();
    assert.equal(payload.privacy_notice_sha256, sum(String(payload.privacy_notice)).toString('base64'));

    assert.ok(file.proof);
    const { record, key, leaf, size, path, checkpoint } = file.proof;
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== 'object' || value === null) return value;
      const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
    };
    const commitment = createHmac('sha256', Buffer.from(key, 'base64'))
      .update(JSON.stringify(sorted(record)))
      .digest();
    const hash = sum(Buffer.concat([Buffer.from([0]), commitment]));
    const steps = path.map((step) => Buffer.from(step, 'base64'));
    const climb = (from: number, to: number): Buffer => {
      if (to - from === 1) return hash;
      const split = 2 ** Math.ceil(Math.log2(to - from) - 1);
      const isLeft = leaf - from < split;
      const inner = isLeft ? climb(from, from + split) : climb(from + split, to);
      const other = steps.shift() ?? assert.fail('a step is missing');
      return sum(Buffer.concat([Buffer.from([1]), ...(isLeft ? [inner, other] : [other, inner])]));
    };
    const head = climb(0, size);
    const [origin, told, root] = checkpoint.split('\n');
    assert.deepEqual([told, root, steps], [String(size), head.toString('base64'), []]);
    const { keys } = (await (await fetch(`${ISSUER}/v1/ledger-keys`)).json()) as { keys: { x: string }[] };
    const [text = '', signed = ''] = checkpoint.split(/(?<=\n)\n/);
    const signature = Buffer.from(signed.trim().split(' ')[2] ?? '', 'base64').subarray(4);
    const isSigned = keys.some(({ x }) => {
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      return verify(null, Buffer.from(text), publicKey, signature);
    });
    assert.ok(isSigned && origin);
    const [act] = record.acts;
    assert.equal(act?.act, 'consent.accepted');
    assert.equal(act?.facts.receipt_sha256, sum(file.receipt).toString('base64'));
  });

  test('passes our own check too, with keys that the issuer publishes and none that it carries', async () => {
    const { claims, ledger } = await verifyReceiptFile(JSON.stringify(file), { issuer: ISSUER, fetch });
    assert.equal(claims.event.event_state, 'given');
    assert.deepEqual(ledger, { is: 'found', leaf: file.proof?.leaf, size: file.proof?.size });
    const alone = await verifyReceiptFile(file.receipt, { issuer: ISSUER, fetch });
    assert.deepEqual(alone.ledger, { is: 'absent' });
  });

  test('signed well by a stranger is refused, also when the file names the stranger as its issuer', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const [head = '', body = ''] = file.receipt.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const header = JSON.parse(Buffer.from(head, 'base64url').toString());
    const receipt = await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
    const forged = JSON.stringify({ ...file, issuer: 'https://stranger.example', receipt });
    await assert.rejects(verifyReceiptFile(forged, { issuer: ISSUER, fetch }), code('wrong_signature'));
  });

  test('with the proof of another receipt is not in the ledger', async () => {
    const key = await PageKey.make();
    const { token } = await rig.sentLink();
    const { verified } = await rig.accepted(token, key);
    const other = (await rig.asRecipient('receipt', verified.recipient_token, key)).body as ReceiptFile;
    const mixed = JSON.stringify({ ...file, proof: other.proof });
    await assert.rejects(verifyReceiptFile(mixed, { issuer: ISSUER, fetch }), code('not_in_ledger'));
  });

  test('is believed when the ledger cannot be reached, and that is said', async () => {
    const cut = async (url: string) => (url.endsWith('ledger-keys') ? new Response('', { status: 503 }) : fetch(url));
    const { ledger } = await verifyReceiptFile(JSON.stringify(file), { issuer: ISSUER, fetch: cut });
    assert.deepEqual(ledger, { is: 'unreachable' });
  });

  test('counts only where its key signed at that time', async () => {
    const { publicJwk } = rig.deps.keys.receipt.current;
    const at = rig.deps.now();
    const dated = (from: number, until: number) => ({
      issuer: ISSUER,
      keys: [
        {
          ...(publicJwk as ReceiptKey),
          signs_from: new Date(at + from * 1000).toISOString(),
          signs_until: new Date(at + until * 1000).toISOString(),
        },
      ],
    });
    assert.ok(await verifyConsent(file.receipt, dated(-100, 100)));
    assert.ok(await verifyConsent(file.receipt, dated(60, 100)));
    await assert.rejects(verifyConsent(file.receipt, dated(61, 100)), code('wrong_signature'));
    assert.ok(await verifyConsent(file.receipt, dated(-100, -60)));
    await assert.rejects(verifyConsent(file.receipt, dated(-100, -61)), code('wrong_signature'));
  });

  test('that is none ends in a VerifyError, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        await assert.rejects(verifyReceiptFile(text, { issuer: ISSUER, fetch }), VerifyError);
      }),
      { numRuns: 200 },
    );
  });

  test('is checked on the command line with a file of keys; without a key nothing is', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'receipt-'));
    t.after(() => rm(folder, { recursive: true }));
    const path = join(folder, 'receipt.json');
    const keys = join(folder, 'keys.json');
    await writeFile(path, JSON.stringify(file));
    await writeFile(keys, await (await fetch(`${ISSUER}/v1/receipt-keys`)).text());
    const lines: string[] = [];
    const run = (options: { issuer?: string; key?: string }) => {
      lines.length = 0;
      return verifyReceipt(path, { issuer: options.issuer, key: options.key }, (line) => lines.push(line));
    };
    assert.equal(await run({ key: keys }), 0);
    assert.match(lines.join(), /^Genuine\. j•••@m•••\.org accepted at 2026-03-02T09:00:00\.000Z, reference 7F3K92QD\./);
    assert.equal(await run({}), 2);
    assert.equal(await run({ key: join(folder, 'none.json') }), 2);
    const changed = file.receipt.replace(/\.(.)/, (_, letter: string) => `.${letter === 'e' ? 'f' : 'e'}`);
    await writeFile(path, JSON.stringify({ ...file, receipt: `${changed.slice(0, -4)}AAAA` }));
    assert.equal(await run({ key: keys }), 1);
  });
});
