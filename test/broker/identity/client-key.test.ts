import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { ProviderRecord } from '../../../demo/registry/provider-record.ts';
import type { TestDeps } from '../../support/broker.ts';
import {
  addressOf,
  answerWith,
  end,
  listen,
  signInDeps,
  startOrganisation,
  TestBrowser,
  TestTag,
} from '../../support/sign-in.ts';
import { wholeBroker } from '../../support/whole-broker.ts';

const keyPair = async (alg: string, kid: string): Promise<{ secret: JWK; open: JWK }> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const facts = { alg, kid, use: 'sig' };
  return {
    secret: { ...(await exportJWK(privateKey)), ...facts },
    open: { ...(await exportJWK(publicKey)), ...facts },
  };
};

for (const alg of ['ES256', 'RS256', 'PS256'])
  describe(`the broker as client of a real provider, with a key of its own (private_key_jwt, ${alg})`, () => {
    let right: Awaited<ReturnType<typeof keyPair>>;
    let url: string;
    let provider: string;
    let close: () => Promise<void>;
    let deps: TestDeps;
    /** What the provider's token endpoint was sent. */
    let asked: { authorization: string | undefined; form: URLSearchParams }[] = [];
    /** The provider's record as the operator wrote it; a test may write another key there. */
    let record: ProviderRecord;
    before(async () => {
      right = await keyPair(alg, 'broker-1');
      const broker = await listen();
      url = addressOf(broker);
      const organisation = await startOrganisation(url, 'acme-id', { id: 'broker', publicKey: right.open });
      provider = organisation.url;
      organisation.server.prependListener('request', (request: IncomingMessage) => {
        if (request.method !== 'POST' || request.url !== '/token') return;
        const { authorization } = request.headers;
        let text = '';
        request.on('data', (piece) => {
          text += piece;
        });
        request.on('end', () => asked.push({ authorization, form: new URLSearchParams(text) }));
      });
      deps = await signInDeps({ url, provider });
      const { clientSecret: _, ...known } = deps.config.providers[0] ?? assert.fail();
      record = { ...known, clientKey: right.secret };
      Object.assign(deps.config, { providers: [record] });
      broker.on('request', answerWith(deps, wholeBroker));
      close = async () => {
        end(broker);
        organisation.close();
        await deps.close();
      };
    });
    after(() => close());
    beforeEach(() => {
      asked = [];
      Object.assign(record, { clientKey: right.secret });
    });

    const signIn = async () => {
      const tag = await TestTag.make(url);
      const browser = new TestBrowser();
      await browser.signIn(await browser.begin(url, tag.transaction('cases')), 'jo');
      return (await (await tag.collect('cases')).json()) as { status: string; error?: string };
    };

    test('signs people in, and sends no secret', async () => {
      assert.equal((await signIn()).status, 'code');
      const [{ authorization, form } = assert.fail()] = asked;
      assert.equal(authorization, undefined);
      assert.equal(form.get('client_secret'), null);
      assert.equal(form.get('client_assertion_type'), 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
      const assertion = form.get('client_assertion') ?? '';
      const { kid, alg: used } = decodeProtectedHeader(assertion);
      assert.deepEqual([kid, used], ['broker-1', alg]);
      const claims = decodeJwt(assertion);
      assert.deepEqual([claims.iss, claims.sub], ['broker', 'broker']);
      assert.deepEqual([claims.aud].flat(), [provider], 'for this provider alone');
      assert.ok((claims.exp ?? 0) - (claims.iat ?? 0) <= 120, 'good for a moment');
    });

    test('proves itself anew each time', async () => {
      await signIn();
      await signIn();
      const ids = asked.map(({ form }) => decodeJwt(form.get('client_assertion') ?? '').jti);
      assert.equal(new Set(ids).size, 2);
    });

    test('with a key that the provider does not know signs nobody in, and says no word of the key', async () => {
      const other = await keyPair(alg, 'broker-1');
      Object.assign(record, { clientKey: other.secret });
      assert.deepEqual(await signIn(), { status: 'error', error: 'server_error' });
      assert.doesNotMatch(deps.logged.join('\n'), new RegExp(String(other.secret.d)));
    });

    test('whose name the provider does not know signs nobody in', async () => {
      Object.assign(record, { clientKey: { ...right.secret, kid: 'broker-2' } });
      assert.deepEqual(await signIn(), { status: 'error', error: 'server_error' });
    });
  });
