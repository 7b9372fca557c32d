import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readProviders } from '../../demo/registry/read-providers.ts';
import { BadSetting, readSettings } from '../../demo/settings.ts';

const RIGHT = {
  id: 'acme',
  name: 'Acme',
  issuer: 'https://login.acme.example',
  client_id: 'secure-upload',
  client_secret: 'a-secret-of-the-operator',
  domains: ['acme.example'],
};
const list = (...changes: object[]) => JSON.stringify(changes.map((change) => ({ ...RIGHT, ...change })));
const { client_secret: _, ...WITHOUT_PROOF } = RIGHT;
const PRIVATE_KEY = { kty: 'EC', crv: 'P-256', alg: 'ES256', kid: 'k1', x: 'x', y: 'y', d: 'a-secret-of-the-operator' };

describe('the list of providers', () => {
  test('is read as it is meant', () => {
    const [one, two] = readProviders(
      JSON.stringify([
        { ...RIGHT, email_verified_by: 'provider', require: { hd: ['acme.example'] }, acr: { strong: ['urn:mfa'] } },
        {
          ...WITHOUT_PROOF,
          id: 'other',
          issuer: 'http://127.0.0.1:8082',
          client_key: PRIVATE_KEY,
          domains: ['BÜCHER.example'],
        },
      ]),
    );
    assert.deepEqual(one, {
      id: 'acme',
      name: 'Acme',
      issuer: 'https://login.acme.example',
      clientId: 'secure-upload',
      clientSecret: 'a-secret-of-the-operator',
      domains: ['acme.example'],
      emailVerifiedBy: 'provider',
      require: { hd: ['acme.example'] },
      acr: { strong: ['urn:mfa'] },
    });
    assert.deepEqual(two?.domains, ['xn--bcher-kva.example'], 'a domain is its A-label');
    assert.deepEqual(two?.clientKey, PRIVATE_KEY);
  });

  for (const [what, text, line] of [
    ['is no JSON', '[{"id": "acme", "client_secret": "a-secret-of-the-operator"', 'this is no JSON'],
    ['is no list', JSON.stringify(RIGHT), 'the whole: must be array'],
    ['is empty', '[]', 'the whole: no provider stands there'],
    [
      'has a word that nobody knows',
      list({ client_secert: 'a-secret-of-the-operator' }),
      '0.client_secert: not known here',
    ],
    ['has no name', JSON.stringify([{ ...RIGHT, name: undefined }]), '0.name: missing'],
    ['has an id that no address can hold', list({ id: 'Acme/../' }), '0.id: up to 31 small letters, digits and dashes'],
    ['has an issuer that is no address', list({ issuer: 'acme' }), '0.issuer: no address'],
    [
      'has an issuer without TLS',
      list({}, { id: 'b', issuer: 'http://login.acme.example' }),
      '1.issuer: not https; plain http is for a provider on this machine alone',
    ],
    [
      'has an issuer that only looks like this machine',
      list({ issuer: 'http://localhost.acme.example' }),
      '0.issuer: not https; plain http is for a provider on this machine alone',
    ],
    [
      'has an issuer with a query',
      list({ issuer: 'https://login.acme.example?tenant=1' }),
      '0.issuer: an issuer has no query, no fragment and no user (OpenID Connect Core 2)',
    ],
    [
      'has an issuer with a user',
      list({ issuer: 'https://a:b@login.acme.example' }),
      '0.issuer: an issuer has no query, no fragment and no user (OpenID Connect Core 2)',
    ],
    ['has one issuer twice', list({}, { id: 'b' }), 'an issuer stands there twice'],
    ['has one id twice', list({}, { issuer: 'https://b.example' }), 'an id stands there twice'],
    ['has no domain', list({ domains: [] }), '0.domains: empty: nobody could come in'],
    [
      'has a domain with a star',
      list({ domains: ['acme.example', '*.acme.example'] }),
      '0.domains.1: no mail domain; wanted one like acme.example, without stars',
    ],
    [
      'has an address for a domain',
      list({ domains: ['jo@acme.example'] }),
      '0.domains.0: no mail domain; wanted one like acme.example, without stars',
    ],
    [
      'has a domain that is all',
      list({ domains: ['*'] }),
      '0.domains.0: no mail domain; wanted one like acme.example, without stars',
    ],
    [
      'has no proof of the broker',
      JSON.stringify([WITHOUT_PROOF]),
      '0: needs client_secret or client_key, and not both',
    ],
    [
      'has two proofs of the broker',
      list({ client_key: PRIVATE_KEY }),
      '0: needs client_secret or client_key, and not both',
    ],
    [
      'has a public key alone',
      JSON.stringify([{ ...WITHOUT_PROOF, client_key: { ...PRIVATE_KEY, d: undefined } }]),
      '0.client_key.d: missing',
    ],
    [
      'says that somebody else verifies addresses',
      list({ email_verified_by: 'nobody' }),
      '0.email_verified_by: must be ("claim" | "provider")',
    ],
    ['demands a claim without values', list({ require: { hd: 'acme.example' } }), '0.require.hd: must be array'],
  ] as const) {
    test(`that ${what} is refused in one line, and no value is repeated`, () => {
      assert.throws(
        () => readProviders(text),
        (error: Error) => {
          assert.equal(error.message, line);
          assert.doesNotMatch(error.message, /a-secret-of-the-operator|\n/);
          return true;
        },
      );
    });
  }

  test('stops the start with the file and the line', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'su-providers-')), 'providers.json');
    writeFileSync(file, list({ issuer: 'http://login.acme.example' }));
    const lineOf = (env: NodeJS.ProcessEnv) => {
      try {
        readSettings(env);
      } catch (error) {
        assert.ok(error instanceof BadSetting);
        return error.message;
      }
      return assert.fail('it was read');
    };
    const why = '0.issuer: not https; plain http is for a provider on this machine alone';
    assert.equal(lineOf({ OIDC_PROVIDERS: file }), `OIDC_PROVIDERS (${file}): ${why}.`);
    assert.equal(lineOf({ OIDC_PROVIDERS: '/nowhere' }), 'OIDC_PROVIDERS (/nowhere): it cannot be read.');
    assert.equal(lineOf({ OIDC_PROVIDERS: file, OIDC_ISSUER: 'x' }).startsWith('OIDC_CLIENT_ID'), true);
    const one = { OIDC_ISSUER: 'https://a.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' };
    assert.equal(
      lineOf({ ...one, OIDC_DOMAINS: 'acme.example, *' }),
      'OIDC_ISSUER and what belongs to it: 0.domains.1: no mail domain; wanted one like acme.example, without stars.',
    );
  });
});
