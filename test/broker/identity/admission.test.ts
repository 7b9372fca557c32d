import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { desc } from 'drizzle-orm';
import type { IDToken } from 'oauth4webapi';
import { audit } from '../../../demo/audit/schema.ts';
import { admit } from '../../../demo/identity/providers/admit.ts';
import type { ProviderRecord } from '../../../demo/registry/provider-record.ts';
import { type TestDeps, testDeps } from '../../support/broker.ts';

const ACME: ProviderRecord = {
  id: 'acme-id',
  name: 'Acme',
  issuer: 'https://id.acme.example',
  clientId: 'broker',
  domains: ['acme.example'],
};
const JO = {
  iss: ACME.issuer,
  sub: 'jo',
  aud: 'broker',
  exp: 0,
  iat: 0,
  email: 'jo@acme.example',
  email_verified: true,
};

describe('who comes in by what a provider says', () => {
  let deps: TestDeps;
  before(async () => {
    deps = await testDeps();
  });
  after(() => deps.close());

  const come = (claims: object, provider: Partial<ProviderRecord> = {}) =>
    admit(deps, deps.registry.app('cases'), { ...ACME, ...provider }, { ...JO, ...claims } as IDToken);
  const refusal = async (claims: object, provider: Partial<ProviderRecord> = {}) => {
    await assert.rejects(come(claims, provider), { code: 'sign_in_refused' });
    const [act] = await deps.db.q.select().from(audit).orderBy(desc(audit.seq)).limit(1);
    assert.equal(act?.act, 'sign-in.refused');
    assert.doesNotMatch(JSON.stringify(act), /@|"jo"/i, 'no address in the list of acts');
    return act?.facts.reason;
  };

  for (const [what, claims] of [
    ['an address in capitals', { email: 'JO@ACME.EXAMPLE' }],
    ['an address with another name beside it', { preferred_username: 'sam@globex.example' }],
  ] as const) {
    test(`${what} counts`, async () => assert.equal(typeof (await come(claims)), 'string'));
  }

  for (const [what, claims] of [
    ['no address', { email: undefined }],
    ['an address that is a list', { email: ['jo@acme.example'] }],
    ['an address that is none', { email: 'jo@evil.example@acme.example' }],
    ['an address that nobody verified', { email_verified: false }],
    ['an address of which is not said whether', { email_verified: undefined }],
    ['an address verified by a word', { email_verified: 'true' }],
    ['an address verified by a number', { email_verified: 1 }],
  ] as const) {
    test(`${what} lets nobody in`, async () => assert.equal(await refusal(claims), 'no verified address'));
  }

  for (const email of [
    'jo@acme.example.evil.example',
    'jo@evil-acme.example',
    'jo@sub.acme.example',
    'jo@acme.exampl\u0435', // A Cyrillic letter.
    'jo@globex.example',
  ]) {
    test(`${email} is of no domain of the provider`, async () =>
      assert.equal(await refusal({ email }), 'the domain is not of this provider'));
  }

  test('a domain of the provider is not enough where the app has others', async () => {
    const domains = ['acme.example', 'globex.example'];
    assert.equal(await refusal({ email: 'jo@globex.example' }, { domains }), 'the domain is not of this app');
  });

  describe('of a provider that verifies all addresses itself (email_verified_by)', () => {
    const itself = { emailVerifiedBy: 'provider' } as const;
    test('an address without a word about it counts', async () =>
      assert.equal(typeof (await come({ email_verified: undefined }, itself)), 'string'));
    for (const said of [false, 'false', 'true', 0, null]) {
      test(`one with email_verified ${JSON.stringify(said)} does not: it says otherwise`, async () =>
        assert.equal(await refusal({ email_verified: said }, itself), 'no verified address'));
    }
    test('its domain counts all the same', async () =>
      assert.equal(
        await refusal({ email: 'jo@globex.example', email_verified: undefined }, itself),
        'the domain is not of this provider',
      ));
  });

  describe('with claims that it must have (require)', () => {
    const require = { hd: ['acme.example', 'acme.test'], xms_edov: ['true', '1'] };
    for (const claims of [
      { hd: 'acme.example', xms_edov: true },
      { hd: 'acme.test', xms_edov: '1' },
      { hd: 'acme.test', xms_edov: 1 },
    ]) {
      test(`${JSON.stringify(claims)} has them`, async () =>
        assert.equal(typeof (await come(claims, { require })), 'string'));
    }
    for (const claims of [
      {},
      { hd: 'acme.example' },
      { hd: 'ACME.example', xms_edov: true },
      { hd: 'acme.example.evil.example', xms_edov: true },
      { hd: ['acme.example'], xms_edov: true },
      { hd: { toString: 'acme.example' }, xms_edov: true },
      { hd: 'acme.example', xms_edov: false },
      { hd: null, xms_edov: true },
    ]) {
      test(`${JSON.stringify(claims)} has not`, async () =>
        assert.equal(await refusal(claims, { require }), 'a claim is not as required'));
    }
  });

  test('the address may change, the person is (issuer, subject)', async () => {
    const first = await come({});
    assert.equal(await come({ email: 'jo.meyer@acme.example' }), first);
    assert.notEqual(await come({ sub: 'JO' }), first);
    assert.notEqual(await come({}, { issuer: 'https://other.example' }), first);
  });
});
