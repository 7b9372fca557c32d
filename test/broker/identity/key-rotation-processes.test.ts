import assert from 'node:assert/strict';
import { after, before, describe, mock, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader, importJWK, type JWK, SignJWT } from 'jose';
import { type Database, openPostgres } from '../../../demo/database/index.ts';
import { replaceIssuerKeys, rotateNow, turnKeys } from '../../../demo/identity/key-rotation.ts';
import { signingKey } from '../../../demo/identity/schema.ts';
import { TestBrowser, TestTag } from '../../support/sign-in.ts';
import { PROCESS, startTwoProcesses, type TwoProcesses } from '../../support/two-processes.ts';

const MINUTE = 60;
const HOUR = 3600;
type Name = '0' | '1';
const BOTH: readonly Name[] = ['0', '1'];

describe("the issuer's key with two processes on one PostgreSQL", () => {
  let rig: TwoProcesses;
  /** The operator's own connection: rotates and looks into the table. */
  let db: Database;
  before(async () => {
    rig = await startTwoProcesses();
    db = await openPostgres(rig.database);
  });
  after(async () => {
    mock.timers.reset();
    await db?.close();
    await rig?.close();
  });

  const rotation = () => ({ db, now: () => Date.now(), keyLife: 90 * 24 * HOUR });
  const pass = async (seconds: number) => {
    const now = Date.now() + seconds * 1000;
    mock.timers.reset();
    mock.timers.enable({ apis: ['Date'], now });
    await rig.pass(seconds);
  };
  const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? '';
  const signedIn = async (at: Name) => {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser({ headers: { [PROCESS]: at } });
    await browser.signIn(await browser.begin(rig.url, tag.transaction('photos')), 'maria');
    const headers = { [PROCESS]: at };
    const asked = { body: { app: 'photos', secret: tag.secret }, headers };
    const { code = '' } = (await (await tag.call('POST', '/v1/sign-in/collect', asked)).json()) as { code?: string };
    const form = {
      grant_type: 'authorization_code',
      client_id: 'photos',
      code,
      code_verifier: tag.verifier,
      redirect_uri: `${rig.url}/sign-in/callback`,
    };
    const answer = await tag.call('POST', '/oidc/token', { form, headers });
    const tokens = (await answer.json()) as Record<string, string>;
    return {
      tag,
      token: tokens.access_token ?? assert.fail(JSON.stringify(tokens)),
      refresh: tokens.refresh_token ?? '',
    };
  };
  const status = async (tag: TestTag, token: string, at: Name) =>
    (await tag.call('GET', '/v1/files', { token, headers: { [PROCESS]: at } })).status;
  const published = async (at: Name) => {
    const answer = await fetch(`${rig.url}/oidc/jwks`, { headers: { [PROCESS]: at } });
    return ((await answer.json()) as { keys: JWK[] }).keys.map(({ kid = '' }) => kid);
  };
  /** A token as whoever took this key out of the table could make it at any time. */
  const signWith = async (kid: string, like: string) => {
    const row = keys.get(kid) ?? assert.fail();
    const now = Math.floor(Date.now() / 1000);
    const { sid: _, ...claims } = decodeJwt(like);
    return new SignJWT({ ...claims, jti: crypto.randomUUID(), iat: now, exp: now + 300 })
      .setProtectedHeader({ typ: 'at+jwt', alg: 'ES256', kid })
      .sign(await importJWK(row, 'ES256'));
  };
  const keys = new Map<string, JWK>();

  test('that the operator turns over hands over at one moment: the new is heard at the other at once, the old until its end', async () => {
    const first = await signedIn('0');
    const old = kidOf(first.token);
    for (const { id, jwk } of await db.q.select().from(signingKey)) keys.set(id, jwk as JWK);
    const next = await rotateNow(rotation(), 'issuer');
    await pass(11);
    for (const at of BOTH)
      assert.deepEqual(await published(at), [old, next], `published at ${at} long before it signs`);

    await pass(HOUR - MINUTE - 11);
    const last = await signedIn('0');
    assert.equal(kidOf(last.token), old, 'a minute before');
    await pass(MINUTE + 30); // The clocks of the two stand still while this test works.
    const fresh = await signedIn('0');
    assert.equal(kidOf(fresh.token), next);
    assert.equal(await status(fresh.tag, fresh.token, '1'), 200, 'the new at the other, which was not asked since');
    for (const at of BOTH)
      assert.equal(await status(last.tag, last.token, at), 200, `the old at ${at}, through the overlap`);

    const form = { grant_type: 'refresh_token', client_id: 'photos', refresh_token: last.refresh };
    const renewed = await last.tag.call('POST', '/oidc/token', { form, headers: { [PROCESS]: '1' } });
    const { access_token = '' } = (await renewed.json()) as Record<string, string>;
    assert.equal(kidOf(access_token), next, 'the other signs with the new');
    assert.equal(await status(last.tag, access_token, '0'), 200);
  });

  test('is refused by both once the overlap is over, also for a token that somebody signs with it then', async () => {
    const { tag, token } = await signedIn('0');
    const kid = (await published('0')).find((name) => name !== kidOf(token)) ?? assert.fail();
    for (const at of BOTH) assert.equal(await status(tag, await signWith(kid, token), at), 200, `the overlap at ${at}`);
    await pass(2 * HOUR + 1);
    await turnKeys(rotation());
    await pass(11);
    const later = await signedIn('1');
    for (const at of BOTH) {
      assert.equal(await status(later.tag, await signWith(kid, later.token), at), 401, `over at ${at}`);
      assert.equal(await status(later.tag, later.token, at), 200);
      assert.ok(!(await published(at)).includes(kid));
    }
  });

  test('that is replaced in an emergency: a token of the new is heard at a process that has just read the old', async () => {
    const stolen = await signedIn('0');
    await pass(11);
    assert.equal(await status(stolen.tag, stolen.token, '1'), 200, 'the other has just read the keys');
    await pass(2);
    const next = await replaceIssuerKeys(rotation());
    const fresh = await signedIn('0');
    assert.equal(kidOf(fresh.token), next);
    assert.equal(await status(fresh.tag, fresh.token, '1'), 200);
    await pass(11);
    for (const at of BOTH) assert.equal(await status(stolen.tag, stolen.token, at), 401, `the stolen at ${at}`);
  });
});
