import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { decodeProtectedHeader, generateKeyPair, jwtVerify } from 'jose';
import * as v from 'valibot';
import { audit } from '../../demo/audit/schema.ts';
import { consent } from '../../demo/recipients/schema.ts';
import { upload } from '../../demo/uploads/schema.ts';
import { CONSENT_RECEIPT_TYP, ConsentReceipt, Decided, type Verified } from '../../src/contract/index.ts';
import { TEST_APPS } from '../support/broker.ts';
import { codeOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

describe('an answer', () => {
  let rig: LinkRig;
  let key: PageKey;
  const acts = async (id: string) =>
    (await rig.deps.db.q.select().from(audit).where(eq(audit.subject, id)).orderBy(audit.seq)).map(({ act }) => act);
  const read = async (receipt: string) => {
    const { payload } = await jwtVerify(receipt, rig.deps.keys.receipt.current.publicJwk, {
      currentDate: new Date(rig.deps.now()),
    });
    return v.parse(ConsentReceipt, payload);
  };
  before(async () => {
    rig = await LinkRig.start();
    key = await PageKey.make();
  });
  after(() => rig.close());

  test('is recorded with a receipt that names the notice shown, the act, the place and how the person was recognised', async () => {
    const { id, token } = await rig.sentLink();
    const shown = await rig.proven(token, key);
    rig.deps.clock.pass(30);
    const decided = v.parse(Decided, (await rig.decide(shown, key, 'accept')).body);
    assert.deepEqual([decided.decision, decided.at], ['accept', new Date(rig.deps.now()).toISOString()]);
    const header = decodeProtectedHeader(decided.receipt);
    assert.deepEqual(header, { alg: 'ES256', kid: rig.deps.keys.receipt.current.kid, typ: CONSENT_RECEIPT_TYP });
    const { jti, ...claims } = await read(decided.receipt);
    assert.deepEqual(claims, {
      iss: 'https://broker.example',
      iat: rig.deps.now() / 1000,
      app: 'cases',
      link: id,
      reference: '7F3K92QD',
      schema_version: 'ISO-IEC-TS-27560:2023',
      record_id: id,
      pii_principal_id: `recipient:${id}`,
      pii_principal: { masked_address: 'j•••@m•••.org', verification: 'email_code' },
      privacy_notice: shown.canonical,
      privacy_notice_sha256: createHash('sha256').update(shown.canonical).digest('base64'),
      privacy_notice_version: 2,
      language: 'en',
      pii_processing: {
        purpose: 'So that acme Ltd can show that the files reached you.',
        lawful_basis: 'consent',
        pii_information: ['email_address', 'answer', 'download_time'].map((pii_type) => ({
          pii_type,
          pii_optional: false,
        })),
        pii_controllers: ['acme'],
        collection_method: 'given by the sender; answered on a page of the broker',
        processing_method: 'stored',
        storage_locations: ['eu'],
        processing_locations: ['eu'],
        geographic_restrictions: ['eu'],
        retention_period: 'P12M',
        jurisdiction: 'EU',
        recipient_third_parties: [],
        withdrawal_method: 'https://broker.example/w',
        privacy_rights: ['access', 'rectify', 'erase', 'restrict', 'port', 'withdraw', 'complain'],
        authority_party: 'The privacy authority of the place where you live or work.',
      },
      party_identification: [
        {
          party_id: 'acme',
          party_name: 'acme Ltd',
          party_address: '1 acme Street',
          party_contact: 'help@acme.example',
          party_role: 'controller',
        },
        {
          party_id: 'person:person-1',
          party_name: 'Maria Lopez',
          party_contact: 'maria@acme.example',
          party_role: 'sender',
        },
        {
          party_id: 'authority',
          party_name: 'The privacy authority of the place where you live or work.',
          party_role: 'authority',
        },
      ],
      purposes: [],
      event: {
        event_time: decided.at,
        event_type: 'explicit',
        event_state: 'given',
        entity_id: `recipient:${id}`,
        validity_duration: 'P12M',
      },
      surface: 'page',
    });
    const [record] = await rig.deps.db.q.select().from(consent).where(eq(consent.link, id));
    assert.deepEqual([record?.id, record?.event, record?.receipt], [jti, 'accepted', decided.receipt]);
    assert.equal((await acts(id)).at(-1), 'consent.accepted');
  });

  test('the receipt does not pass with another key', async () => {
    const { token } = await rig.sentLink();
    const { decided } = await rig.accepted(token, key);
    const { publicKey } = await generateKeyPair('ES256');
    await assert.rejects(jwtVerify(decided.receipt, publicKey), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });

  test('spends its notice: the same nonce answers nothing twice, and the notice must be read again', async () => {
    const { id, token } = await rig.sentLink();
    const shown = await rig.proven(token, key);
    assert.equal((await rig.decide(shown, key, 'accept')).status, 200);
    for (const decision of ['accept', 'decline'] as const) {
      const again = await rig.decide(shown, key, decision);
      assert.deepEqual([again.status, codeOf(again)], [409, 'notice_stale']);
    }
    assert.equal((await rig.cover(token)).state, 'accepted');
    assert.deepEqual(
      (await acts(id)).filter((act) => act.startsWith('consent.')),
      ['consent.accepted'],
    );
  });

  test('to another notice, or with another nonce, is no answer and spends nothing', async () => {
    const { token } = await rig.sentLink();
    const shown = await rig.proven(token, key);
    const otherHash = createHash('sha256').update('another').digest('base64');
    assert.equal(codeOf(await rig.decide(shown, key, 'accept', { notice_sha256: otherHash })), 'notice_stale');
    assert.equal(codeOf(await rig.decide(shown, key, 'accept', { nonce: 'A'.repeat(43) })), 'notice_stale');
    assert.equal((await rig.decide(shown, key, 'accept')).status, 200);
  });

  test('to a notice that has changed since is refused, and the change is shown at the next proof', async () => {
    const { token, files } = await rig.sentLink();
    const code = await rig.mailedCode(token);
    const shown = (await rig.verify(token, code, key)).body as Verified;
    await rig.deps.db.q
      .update(upload)
      .set({ state: 'deleted' })
      .where(eq(upload.id, files[1] ?? ''));
    const refused = await rig.decide(shown, key, 'accept');
    assert.deepEqual([refused.status, codeOf(refused)], [409, 'notice_stale']);
    assert.equal((await rig.cover(token)).state, 'open');
    const fresh = (await rig.verify(token, code, key)).body as Verified;
    assert.notEqual(fresh.sha256, shown.sha256);
    assert.deepEqual(
      fresh.notice.files.map(({ name }) => name),
      ['rental-contract.pdf'],
    );
    assert.equal((await rig.decide(fresh, key, 'accept')).status, 200);
  });

  test('by a script is refused and written down, and a person may still answer', async () => {
    const { id, token } = await rig.sentLink();
    const shown = await rig.proven(token, key);
    const refused = await rig.decide(shown, key, 'accept', { is_trusted: false });
    assert.deepEqual([refused.status, codeOf(refused)], [403, 'not_a_person']);
    assert.equal((await acts(id)).at(-1), 'consent.refused');
    assert.equal((await rig.cover(token)).state, 'open');
    assert.equal((await rig.decide(shown, key, 'accept')).status, 200);
  });

  test('declined may become accepted while the link is open, with a record for each', async () => {
    const { id, token } = await rig.sentLink();
    const code = await rig.mailedCode(token);
    const shown = (await rig.verify(token, code, key)).body as Verified;
    assert.equal((await rig.decide(shown, key, 'decline')).status, 200);
    assert.equal((await rig.cover(token)).state, 'declined');
    rig.deps.clock.pass(60);
    const again = (await rig.verify(token, code, key)).body as Verified;
    assert.equal(again.state, 'declined');
    assert.ok(again.receipt && again.decided_at);
    assert.equal((await rig.decide(again, key, 'accept')).status, 200);
    assert.equal((await rig.asRecipient('claim', again.recipient_token, key)).status, 200);
    assert.deepEqual(
      (await acts(id)).filter((act) => act.startsWith('consent.')),
      ['consent.declined', 'consent.accepted'],
    );
  });

  test('stands after the page is gone: a new code finds it with its receipt', async () => {
    const { token } = await rig.sentLink();
    const { decided } = await rig.accepted(token, key);
    rig.deps.clock.pass(3600);
    const back = await rig.proven(token, await PageKey.make());
    assert.deepEqual([back.state, back.decided_at, back.receipt], ['accepted', decided.at, decided.receipt]);
  });

  test('is not possible once the link has ended', async () => {
    const ends: [string, (link: { id: string }, shown: Verified) => Promise<unknown>][] = [
      [
        'link_used',
        async (_, shown) => {
          await rig.decide(shown, key, 'accept');
          await rig.asRecipient('claim', shown.recipient_token, key);
        },
      ],
      ['link_taken_back', ({ id }) => rig.asSender('DELETE', `/v1/links/${id}`)],
      [
        'withdrawn',
        async (_, shown) => {
          await rig.decide(shown, key, 'accept');
          await rig.withdraw(shown.recipient_token, key);
        },
      ],
      ['link_expired', async () => rig.deps.clock.pass(300)],
    ];
    for (const [code, end] of ends) {
      const made = await rig.sentLink({ expires_at: new Date(rig.deps.now() + 300_000).toISOString() });
      const shown = await rig.proven(made.token, key);
      await end(made, shown);
      assert.equal(codeOf(await rig.decide(shown, key, 'decline')), code);
    }
  });

  test('on a foreign page is recorded as embedded, which confidential templates do not take', async () => {
    const headers = async (shown: Verified) => ({
      ...(await key.headers(rig.deps, 'POST', '/v1/recipient/decide', shown.recipient_token)),
      origin: 'https://www.acme.example',
    });
    const { token } = await rig.sentLink();
    const shown = await rig.proven(token, key);
    const answer = { decision: 'accept', notice_sha256: shown.sha256, nonce: shown.nonce, is_trusted: true };
    for (const [surface, from] of [
      ['embedded', {}],
      ['page', await headers(shown)],
    ] as const) {
      const call = from.origin
        ? rig.call('decide', { ...answer, surface }, from)
        : rig.asRecipient('decide', shown.recipient_token, key, { ...answer, surface });
      assert.equal(codeOf(await call), 'not_allowed');
    }
  });
});

test('an answer on a registered page of an owner who chose that is kept as embedded, with its origin', async (t) => {
  const apps = TEST_APPS.map((app) => ({ ...app, embeds_recipients: true }));
  const rig = await LinkRig.start({ apps, template: (one) => ({ ...one, sensitivity: 'internal' }) });
  t.after(() => rig.close());
  const key = await PageKey.make();
  const { id, token } = await rig.sentLink();
  const shown = await rig.proven(token, key);
  const origin = 'https://www.acme.example';
  const headers = await key.headers(rig.deps, 'POST', '/v1/recipient/decide', shown.recipient_token);
  const body = {
    decision: 'accept',
    notice_sha256: shown.sha256,
    nonce: shown.nonce,
    surface: 'page',
    is_trusted: true,
  };
  assert.equal((await rig.call('decide', body, { ...headers, origin })).status, 200);
  const [kept] = await rig.deps.db.q.select().from(consent).where(eq(consent.link, id));
  assert.deepEqual([kept?.record.surface, kept?.record.origin], ['embedded', origin]);
});

test('a foreign page is refused where its owner did not choose it, also for an internal template', async (t) => {
  const rig = await LinkRig.start({ template: (one) => ({ ...one, sensitivity: 'internal' }) });
  t.after(() => rig.close());
  const key = await PageKey.make();
  const { token } = await rig.sentLink();
  const shown = await rig.proven(token, key);
  assert.equal(codeOf(await rig.decide(shown, key, 'accept', { surface: 'embedded' })), 'not_allowed');
});
