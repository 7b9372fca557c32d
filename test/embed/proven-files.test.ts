import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { UploadReceipt } from '../../src/contract/index.ts';
import { provenFiles } from '../../src/embed/proven-files.ts';

const BROKER = 'https://broker.example';
const PLACE = { broker: BROKER, app: 'cases' };
const NOW = Math.floor(Date.now() / 1000);
const SHA256 = `${'A'.repeat(43)}=`;
const CLAIMS: UploadReceipt = {
  iss: BROKER,
  sub: 'person-1',
  iat: NOW,
  exp: NOW + 3600,
  jti: 'upload-0001',
  app: 'cases',
  upload: 'upload-0001',
  reference: '7F3K92QD',
  name: 'Grüße.pdf',
  path: 'letters',
  size: 12,
  type: 'application/pdf',
  sha256: SHA256,
  part_bytes: 8_388_608,
  stored_at: '2026-03-02T09:00:00.000Z',
};

describe('what a page brings back into the frame', () => {
  let signer: CryptoKey;
  let stranger: CryptoKey;
  let keys: readonly object[];
  let asked: string[] = [];
  before(async () => {
    const own = await generateKeyPair('ES256');
    signer = own.privateKey;
    stranger = (await generateKeyPair('ES256')).privateKey;
    keys = [{ ...(await exportJWK(own.publicKey)), kid: 'k1' }];
  });

  const sign = (claims: Partial<UploadReceipt> = {}, key = signer) =>
    new SignJWT({ ...CLAIMS, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'upload-receipt+jwt', kid: 'k1' })
      .sign(key);
  const load = async (url: string) => {
    asked.push(url);
    return Response.json({ keys });
  };
  const proven = async (receipt: string, id = 'upload-0001') => provenFiles([{ id, receipt }], PLACE, load);

  test('is shown as the file that its receipt speaks of, with all that the broker had said', async () => {
    const receipt = await sign();
    assert.deepEqual(await proven(receipt), [
      {
        id: 'upload-0001',
        name: 'Grüße.pdf',
        path: 'letters',
        size: 12,
        type: 'application/pdf',
        sha256: SHA256,
        part_bytes: 8_388_608,
        reference: '7F3K92QD',
        stored_at: '2026-03-02T09:00:00.000Z',
        delete_at: new Date((NOW + 3600) * 1000).toISOString(),
        receipt,
      },
    ]);
  });

  test('asks for the keys once, however many there are, and keeps their order', async () => {
    asked = [];
    const files = await Promise.all(
      ['upload-0001', 'upload-0002', 'upload-0003'].map(async (id) => ({ id, receipt: await sign({ upload: id }) })),
    );
    const found = await provenFiles(files, PLACE, load);
    assert.deepEqual(
      found.map(({ id }) => id),
      ['upload-0001', 'upload-0002', 'upload-0003'],
    );
    assert.deepEqual(asked, [`${BROKER}/v1/receipt-keys`]);
  });

  test('is nothing where somebody else signed it, where it is of another app or broker, or over, or of another upload', async () => {
    assert.deepEqual(await proven(await sign({}, stranger)), []);
    assert.deepEqual(await proven(await sign({ app: 'other' })), []);
    assert.deepEqual(await proven(await sign({ iss: 'https://other.example' })), []);
    assert.deepEqual(await proven(await sign({ exp: NOW - 1 })), []);
    assert.deepEqual(await proven(await sign(), 'upload-0002'), []);
    assert.deepEqual(await proven('a.b.c'), []);
    assert.deepEqual(await proven('<b>'), []);
  });

  test('of several, those that hold are shown', async () => {
    const files = [
      { id: 'upload-0001', receipt: await sign({}, stranger) },
      { id: 'upload-0002', receipt: await sign({ upload: 'upload-0002' }) },
    ];
    assert.deepEqual(
      (await provenFiles(files, PLACE, load)).map(({ id }) => id),
      ['upload-0002'],
    );
  });

  test('is nothing, and nothing fails, where the keys cannot be had', async () => {
    const receipt = await sign();
    const lost = () => Promise.reject(new TypeError('Failed to fetch'));
    assert.deepEqual(await provenFiles([{ id: 'upload-0001', receipt }], PLACE, lost), []);
  });
});
