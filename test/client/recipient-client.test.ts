import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { decodeProtectedHeader, importJWK, type JWK, jwtVerify } from 'jose';
import { RecipientClient } from '../../src/client/recipient-client.ts';
import { ROUTES } from '../../src/contract/routes.ts';
import { UploadError } from '../../src/errors.ts';
import { makePageKey } from '../../src/identity/proof.ts';
import { createProvenFetch } from '../../src/identity/proven-fetch.ts';
import { CODE, COVER, claimedAt, DECIDED, VERIFIED } from '../flow/recipient-samples.ts';

const BROKER = new URL('https://broker.example');
const TOKEN = 'T'.repeat(43);
const SECRET = 'recipient-token-that-stays-inside';

interface Seen {
  readonly url: URL;
  readonly init: RequestInit;
  readonly headers: Headers;
  readonly body: unknown;
}
type Answer = Response | (() => Response);

const json = (body: unknown, init: ResponseInit = {}): Response => Response.json(body, init);
const problem = (code: string, status: number, headers: Record<string, string> = {}): Response =>
  json(
    { type: 'about:blank', title: code, status, code, remedy: { person: 'p', owner: 'o' } },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
  );

/** A broker that answers these, one after the other. Asked for more, it fails the test. */
function broker(...answers: Answer[]) {
  const seen: Seen[] = [];
  const fetch = async (url: URL, init: RequestInit): Promise<Response> => {
    const text = typeof init.body === 'string' ? init.body : '{}';
    seen.push({ url, init, headers: new Headers(init.headers), body: JSON.parse(text) });
    const answer = answers.shift();
    if (!answer) throw new Error('asked once too often');
    return typeof answer === 'function' ? answer() : answer;
  };
  let keys = 0;
  const prove = async (nonce: string | undefined) => {
    keys += 1;
    return createProvenFetch(BROKER.origin, await makePageKey(), { fetch, now: Date.now }, nonce);
  };
  const client = new RecipientClient(BROKER, TOKEN, { fetch, prove });
  return { client, seen, keys: () => keys };
}

const verified = json({ ...VERIFIED, recipient_token: SECRET });

async function proofIn({ headers }: Seen): Promise<{ payload: Record<string, unknown>; jwk: JWK }> {
  const proof = headers.get('DPoP') ?? '';
  const { jwk } = decodeProtectedHeader(proof);
  assert.ok(jwk);
  const { payload } = await jwtVerify(proof, await importJWK(jwk, 'ES256'), { typ: 'dpop+jwt' });
  return { payload, jwk };
}

describe('the recipient client', () => {
  test('takes and shows a cookie of the broker for the way to an account alone', async () => {
    const started = { address: 'https://id.example/', sign_in: 's'.repeat(43), expires_at: DECIDED.at };
    const { client, seen } = broker(json(COVER), json(CODE), json(started), json({ status: 'pending' }));
    await client.notice();
    await client.sendCode(true);
    await client.startSignIn('acme', true);
    await client.verifySignIn('s'.repeat(43));
    assert.deepEqual(
      seen.map(({ init }) => init.credentials),
      ['omit', 'omit', 'same-origin', 'omit'],
    );
  });

  test('sends the token of the link in bodies alone, to the routes of the contract', async () => {
    const { client, seen } = broker(json(COVER), json(CODE), verified.clone(), json(DECIDED), json(claimedAt(0)));
    await client.notice();
    await client.sendCode(true);
    await client.verify('48210736');
    const { sha256, nonce } = VERIFIED;
    await client.decide({ decision: 'accept', notice_sha256: sha256, nonce, surface: 'page', is_trusted: true });
    await client.claim();
    const { notice, sendCode, verifyCode, decide, claim } = ROUTES;
    assert.deepEqual(
      seen.map(({ init, url }) => `${init.method} ${url.pathname}`),
      [notice, sendCode, verifyCode, decide, claim].map(({ method, path }) => `${method} ${path}`),
    );
    assert.deepEqual(
      seen.slice(0, 3).map(({ body }) => body),
      [{ token: TOKEN }, { token: TOKEN, is_trusted: true }, { token: TOKEN, code: '48210736' }],
    );
    for (const { url, init, headers } of seen) {
      assert.equal(url.href.includes(TOKEN), false);
      assert.equal([...headers.values()].join().includes(TOKEN), false);
      assert.equal(init.credentials, 'omit');
    }
  });

  test('proves the code by a page key, with the nonce of the cover', async () => {
    const { client, seen } = broker(json(COVER), verified.clone());
    await client.notice();
    await client.verify('48210736');
    assert.equal(seen[0]?.headers.has('DPoP'), false);
    const { payload } = await proofIn(seen[1] as Seen);
    assert.equal(payload.nonce, COVER.dpop_nonce);
    assert.equal(payload.htu, 'https://broker.example/v1/recipient/verify');
    assert.equal(payload.htm, 'POST');
  });

  test('asks once more with the newer nonce, and only once', async () => {
    const stale = () =>
      problem('proof_nonce', 401, { 'DPoP-Nonce': 'newer', 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"' });
    const { client, seen } = broker(json(COVER), stale, verified.clone());
    await client.notice();
    await client.verify('48210736');
    assert.equal((await proofIn(seen[2] as Seen)).payload.nonce, 'newer');
    const again = broker(json(COVER), stale, stale);
    await again.client.notice();
    await assert.rejects(again.client.verify('48210736'), { code: 'proof_nonce' });
    assert.equal(again.seen.length, 3);
  });

  test('decides, claims and withdraws with the recipient token and its hash in the proof', async () => {
    const withdrawn = { at: DECIDED.at, receipt: 'r', erase_by: DECIDED.at };
    const { client, seen } = broker(verified.clone(), json(DECIDED), json(claimedAt(0)), json(withdrawn));
    await client.verify('48210736');
    const { sha256, nonce } = VERIFIED;
    await client.decide({ decision: 'decline', notice_sha256: sha256, nonce, surface: 'page', is_trusted: true });
    await client.claim();
    await client.withdraw(true);
    const ath = createHash('sha256').update(SECRET).digest('base64url');
    for (const call of seen.slice(1)) {
      assert.equal(call.headers.get('Authorization'), `DPoP ${SECRET}`);
      assert.equal((await proofIn(call)).payload.ath, ath);
    }
  });

  test('keeps one key for the life of the page, also for a second code', async () => {
    const { client, seen, keys } = broker(verified.clone(), verified.clone());
    await client.verify('48210736');
    await client.verify('48210736');
    assert.equal(keys(), 1);
    assert.deepEqual((await proofIn(seen[0] as Seen)).jwk, (await proofIn(seen[1] as Seen)).jwk);
  });

  test('keeps the recipient token to itself', async () => {
    const { client } = broker(verified.clone());
    const answer = await client.verify('48210736');
    assert.equal(JSON.stringify(answer).includes(SECRET), false);
    assert.equal(JSON.stringify(client).includes(SECRET), false);
  });

  test('claims nothing without a proof', async () => {
    const { client, seen } = broker();
    await assert.rejects(client.claim(), { code: 'sign_in_needed' });
    assert.equal(seen.length, 0);
  });

  const faults: [string, Answer, string][] = [
    ['a problem', problem('link_used', 410), 'link_used'],
    ['a problem of next year', problem('link_resting', 409), 'link_resting'],
    ['a page of a gateway', new Response('<h1>Bad gateway</h1>', { status: 502 }), 'broker_down'],
    ['an answer that does not fit the contract', json({ ...COVER, files: 'two' }), 'broker_unexpected'],
    [
      'no answer',
      () => {
        throw new TypeError(`fetch failed for ${TOKEN}`);
      },
      'broker_down',
    ],
  ];
  for (const [what, answer, code] of faults) {
    test(`${what} becomes ${code}, without the token in its words`, async () => {
      const { client } = broker(answer);
      await assert.rejects(client.notice(), (error: unknown) => {
        assert.ok(error instanceof UploadError);
        assert.equal(error.code, code);
        assert.equal(error.message.includes(TOKEN), false);
        return true;
      });
    });
  }

  test('tells a reading that was given up from a broker that is down', async () => {
    const aborter = new AbortController();
    const { client } = broker(() => {
      aborter.abort();
      throw aborter.signal.reason;
    });
    await assert.rejects(client.notice(aborter.signal), { code: 'cancelled' });
  });
});
