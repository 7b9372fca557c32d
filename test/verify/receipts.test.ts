import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import {
  CompactSign,
  type CryptoKey,
  createLocalJWKSet,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { ConsentReceipt, UploadReceipt } from '../../src/contract/index.ts';
import { type ReceiptKey, VerifyError, verifyConsent, verifyUpload } from '../../src/verify/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { sha256Of, UploadRig } from '../support/upload-rig.ts';

const ISSUER = 'https://broker.example';
const NOW = Date.parse('2026-03-02T09:00:00Z');
const UPLOAD: UploadReceipt = {
  iss: ISSUER,
  sub: 'person-1',
  iat: NOW / 1000,
  exp: NOW / 1000 + 60,
  jti: 'upload-id-1',
  app: 'cases',
  upload: 'upload-id-1',
  reference: '7F3K92QD',
  name: 'Grüße 🙂.pdf',
  size: 12,
  type: 'application/pdf',
  sha256: sha256Of(PDF),
  stored_at: '2026-03-02T09:00:00.000Z',
  context: { case: '4711' },
};
const CONSENT: ConsentReceipt = {
  iss: ISSUER,
  iat: NOW / 1000,
  jti: 'consent-id-1',
  app: 'cases',
  link: 'link-id-1',
  reference: '7F3K92QD',
  schema_version: 'ISO-IEC-TS-27560:2023',
  record_id: 'link-id-1',
  pii_principal_id: 'recipient:link-id-1',
  pii_principal: { masked_address: 'j…@mail.example.org', verification: 'email_code' },
  privacy_notice: '{}',
  privacy_notice_sha256: sha256Of(new TextEncoder().encode('{}')),
  privacy_notice_version: 2,
  language: 'en',
  pii_processing: {
    purpose: 'So that Acme Ltd can show that the files reached you.',
    lawful_basis: 'consent',
    pii_information: [{ pii_type: 'email_address', pii_optional: false }],
    pii_controllers: ['acme'],
    collection_method: 'given by the sender',
    processing_method: 'stored',
    storage_locations: ['eu'],
    processing_locations: ['eu'],
    geographic_restrictions: ['eu'],
    retention_period: 'P12M',
    jurisdiction: 'EU',
    recipient_third_parties: [],
    withdrawal_method: `${ISSUER}/w`,
    privacy_rights: ['access', 'withdraw'],
    authority_party: 'Any',
  },
  party_identification: [{ party_id: 'acme', party_name: 'Acme Ltd', party_role: 'controller' }],
  purposes: [],
  event: {
    event_time: '2026-03-02T09:00:00.000Z',
    event_type: 'explicit',
    event_state: 'given',
    entity_id: 'recipient:link-id-1',
    validity_duration: 'P12M',
  },
  surface: 'page',
};
const UPLOAD_HEADER = { alg: 'ES256', typ: 'upload-receipt+jwt', kid: 'k1' };
const CONSENT_HEADER = { ...UPLOAD_HEADER, typ: 'consent-receipt+jwt' };

describe('receipts signed by another library', () => {
  let signer: CryptoKey;
  let keys: ReceiptKey[];
  let stranger: { key: CryptoKey; jwk: JWK };
  const asKey = (jwk: JWK, kid: string): ReceiptKey => ({ ...jwk, kid }) as ReceiptKey;
  const sign = (claims: object, header: Record<string, unknown> = UPLOAD_HEADER, key = signer) =>
    new SignJWT({ ...claims }).setProtectedHeader(header as typeof UPLOAD_HEADER).sign(key);
  const check = (receipt: string, more: object = {}) =>
    verifyUpload(receipt, { issuer: ISSUER, keys, now: () => NOW, ...more });
  const refuses = (work: Promise<unknown>, code: string) =>
    assert.rejects(work, (error) => error instanceof VerifyError && error.code === code && error.message === code);

  before(async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const other = await generateKeyPair('ES256', { extractable: true });
    signer = pair.privateKey;
    keys = [asKey(await exportJWK(pair.publicKey), 'k1')];
    stranger = { key: other.privateKey, jwk: await exportJWK(other.publicKey) };
  });

  test('are read, every claim as it was signed', async () => {
    assert.deepEqual(await check(await sign(UPLOAD)), UPLOAD);
    assert.deepEqual(await check(await sign(UPLOAD), { app: 'cases' }), UPLOAD);
    const inParts = { ...UPLOAD, part_bytes: 8_388_608 };
    assert.deepEqual(await check(await sign(inParts)), inParts);
    const consent = await sign(CONSENT, CONSENT_HEADER);
    assert.deepEqual(await verifyConsent(consent, { issuer: ISSUER, keys }), CONSENT);
  });

  test('are good to the second before their end, not at it', async () => {
    const receipt = await sign(UPLOAD);
    assert.ok(await check(receipt, { now: () => NOW + 59_999 }));
    await refuses(check(receipt, { now: () => NOW + 60_000 }), 'expired');
  });

  test('are found among several published keys, with or without a key id', async () => {
    const many = [asKey(stranger.jwk, 'k0'), ...keys];
    assert.ok(await check(await sign(UPLOAD), { keys: many }));
    assert.ok(await check(await sign(UPLOAD, { alg: 'ES256', typ: 'upload-receipt+jwt' }), { keys: many }));
    const broken = { ...keys[0], x: 'AAAA', kid: 'k1' } as ReceiptKey;
    assert.ok(await check(await sign(UPLOAD), { keys: [broken, ...keys] }));
  });

  test('cannot pass for the other kind, another issuer or another app', async () => {
    await refuses(check(await sign(UPLOAD, CONSENT_HEADER)), 'wrong_receipt');
    await refuses(check(await sign(UPLOAD, { ...UPLOAD_HEADER, typ: 'at+jwt' })), 'wrong_receipt');
    await refuses(check(await sign(UPLOAD, { alg: 'ES256', kid: 'k1' })), 'wrong_receipt');
    await refuses(verifyConsent(await sign(UPLOAD), { issuer: ISSUER, keys }), 'wrong_receipt');
    await refuses(check(await sign({ ...UPLOAD, iss: 'https://evil.example' })), 'wrong_receipt');
    await refuses(check(await sign(UPLOAD), { app: 'photos' }), 'wrong_receipt');
  });

  test('are never checked with a key or an algorithm that they bring along', async () => {
    const own = { ...UPLOAD_HEADER, jwk: stranger.jwk, jku: 'https://evil.example/keys', x5u: 'https://evil.example' };
    await refuses(check(await sign(UPLOAD, own, stranger.key)), 'wrong_signature');
    await refuses(check(await sign(UPLOAD, UPLOAD_HEADER, stranger.key)), 'wrong_signature');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    await refuses(check(`${part({ ...UPLOAD_HEADER, alg: 'none' })}.${part(UPLOAD)}.AA`), 'wrong_receipt');
    const secret = new TextEncoder().encode(JSON.stringify(keys[0]));
    const hmac = await new CompactSign(Buffer.from(JSON.stringify(UPLOAD)))
      .setProtectedHeader({ ...UPLOAD_HEADER, alg: 'HS256' })
      .sign(secret);
    await refuses(check(hmac), 'wrong_receipt');
  });

  test('with an extension that must be understood are refused', async () => {
    const header = Buffer.from(JSON.stringify({ ...UPLOAD_HEADER, crit: ['b64'], b64: false })).toString('base64url');
    const [, body, signature] = (await sign(UPLOAD)).split('.');
    await refuses(check(`${header}.${body}.${signature}`), 'wrong_receipt');
  });

  test('lose their signature with any one character', async () => {
    const receipt = await sign(UPLOAD);
    await fc.assert(
      fc.asyncProperty(fc.nat(receipt.length - 3), fc.constantFrom(...'AQz_'), async (at, letter) => {
        // The last character holds bits that no byte has, so it is left alone.
        if (receipt[at] === letter || at === receipt.length - 1) return;
        await assert.rejects(check(receipt.slice(0, at) + letter + receipt.slice(at + 1)), VerifyError);
      }),
      { numRuns: 200 },
    );
  });

  test('that are none end in a VerifyError, whatever they are', async () => {
    for (const text of ['', '.', '..', 'a.b', 'a.b.c.d', 'ä.ö.ü', `${'a'.repeat(300_000)}.b.c`]) {
      await refuses(check(text), 'malformed');
    }
    for (const claims of [
      {},
      { ...UPLOAD, size: '12' },
      { ...UPLOAD, exp: undefined },
      { ...UPLOAD, sha256: 'x' },
      { ...UPLOAD, part_bytes: '8388608' },
    ]) {
      await refuses(check(await sign(claims)), 'malformed');
    }
    const part = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
        await assert.rejects(check(parts.join('.')), VerifyError);
      }),
      { numRuns: 300 },
    );
  });

  test('are checked with the keys that their issuer publishes, and with no other address', async () => {
    const asked: string[] = [];
    const publish = (answer: () => Response) => async (url: string) => {
      asked.push(url);
      return answer();
    };
    const receipt = await sign(UPLOAD);
    const source = { issuer: ISSUER, now: () => NOW };
    const good = publish(() => Response.json({ keys }));
    assert.deepEqual(await verifyUpload(receipt, { ...source, fetch: good }), UPLOAD);
    assert.deepEqual(asked, ['https://broker.example/v1/receipt-keys']);
    for (const bad of [
      () => new Response('', { status: 500 }),
      () => Response.json({}),
      () => new Response('no json'),
      () => Response.json({ keys }, { status: 404 }),
      (): Response => {
        throw new TypeError('fetch failed');
      },
    ]) {
      await refuses(verifyUpload(receipt, { ...source, fetch: publish(bad) }), 'keys_unreachable');
    }
  });
});

describe('a receipt of the broker', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  test('is what both jose and verifyUpload read, and says what was stored', async () => {
    const content = bytes(PDF, 'receipt');
    const file = await rig.stored('Grüße.pdf', 'application/pdf', content, { person: 'maria' });
    const { publicJwk, kid } = rig.deps.keys.receipt.current;
    const claims = await verifyUpload(file.receipt, {
      issuer: 'https://broker.example',
      app: 'cases',
      keys: [publicJwk as ReceiptKey],
      now: rig.deps.now,
    });
    assert.deepEqual(claims, {
      iss: 'https://broker.example',
      sub: 'maria',
      iat: NOW / 1000,
      exp: Date.parse(file.delete_at) / 1000,
      jti: file.id,
      app: 'cases',
      upload: file.id,
      reference: file.reference,
      name: 'Grüße.pdf',
      size: content.length,
      type: 'application/pdf',
      sha256: sha256Of(content),
      stored_at: file.stored_at,
    });
    const { payload } = await jwtVerify(file.receipt, createLocalJWKSet({ keys: [publicJwk] }), {
      typ: 'upload-receipt+jwt',
      currentDate: new Date(NOW),
    });
    assert.deepEqual(payload, claims);
    assert.deepEqual(decodeProtectedHeader(file.receipt), { alg: 'ES256', typ: 'upload-receipt+jwt', kid });
  });

  test('is signed anew for a status, and good as long as the file is kept', async () => {
    const file = await rig.stored('a.pdf', 'application/pdf', bytes(PDF, 'again'));
    const status = (await rig.call('GET', `/v1/uploads/${file.id}`)).body as { file: typeof file };
    assert.notEqual(status.file.receipt, file.receipt);
    const keys = [rig.deps.keys.receipt.current.publicJwk as ReceiptKey];
    const end = Date.parse(file.delete_at);
    assert.ok(await verifyUpload(status.file.receipt, { issuer: ISSUER, keys, now: () => end - 1 }));
    await assert.rejects(verifyUpload(file.receipt, { issuer: ISSUER, keys, now: () => end }), { code: 'expired' });
  });
});
