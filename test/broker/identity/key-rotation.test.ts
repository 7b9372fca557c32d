import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, test } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { audit } from '../../../demo/audit/schema.ts';
import { verifyAccessToken } from '../../../demo/identity/access-token.ts';
import { datedKeys } from '../../../demo/identity/key-ring.ts';
import { replaceIssuerKeys, rotateNow, turnKeys } from '../../../demo/identity/key-rotation.ts';
import { loadKeys } from '../../../demo/identity/keys.ts';
import { createIssuer } from '../../../demo/identity/live-issuer.ts';
import { signingKey } from '../../../demo/identity/schema.ts';
import { TestClock, type TestDeps, testDeps } from '../../support/broker.ts';
import { openTestPglite } from '../../support/database.ts';
import { PageKey } from '../../support/page-key.ts';

const DAY = 86_400;
const HOUR = 3600;

describe('a signing key', () => {
  let deps: TestDeps;
  /** Another process on the same database. */
  let other: TestDeps;
  let clock: TestClock;
  let page: PageKey;
  before(async () => {
    page = await PageKey.make();
  });
  beforeEach(async () => {
    clock = new TestClock();
    const db = await openTestPglite();
    deps = await testDeps({ db, clock });
    other = await testDeps({ db, clock });
  });
  afterEach(() => deps.db.close());

  const rotation = () => ({ db: deps.db, now: clock.now, keyLife: 90 * DAY });
  const signs = async ({ keys }: TestDeps) => {
    await keys.issuer.refresh();
    return keys.issuer.current.kid;
  };
  const isHeard = (at: TestDeps, token: string) =>
    verifyAccessToken(at, token).then(
      () => true,
      () => false,
    );
  const published = async ({ keys }: TestDeps) => {
    await keys.issuer.refresh();
    return keys.issuer.published.map(({ kid }) => kid);
  };

  test('is the same in every process', async () => {
    assert.equal(await signs(deps), await signs(other));
  });

  test('that has signed for 90 days gets a successor, published an hour before it signs', async () => {
    const first = await signs(deps);
    clock.pass(90 * DAY - HOUR - 1);
    await turnKeys(rotation());
    assert.deepEqual(await published(deps), [first]);
    clock.pass(1);
    await turnKeys(rotation());
    clock.pass(10);
    const [signing, next, ...more] = await published(deps);
    assert.deepEqual([signing, more], [first, []]);
    clock.pass(HOUR - 11);
    assert.equal(await signs(deps), first);
    clock.pass(1);
    assert.equal(await signs(deps), next);
  });

  test('hands over at the same moment in every process, and what it signed is heard until it is over', async () => {
    const before = await page.tokenFor(deps);
    const next = await rotateNow(rotation(), 'issuer');
    clock.pass(HOUR);
    const [one, two] = [await signs(deps), await signs(other)];
    assert.deepEqual([one, two], [next, next]);
    const after = await page.tokenFor(other);
    assert.equal(decodeProtectedHeader(after).kid, next);
    assert.equal(await isHeard(deps, after), true);
    clock.pass(-HOUR + 299);
    assert.equal(await isHeard(other, before), true);
  });

  test('of the issuer is published for two hours after its last signature, and then gone', async () => {
    const first = await signs(deps);
    await rotateNow(rotation(), 'issuer');
    clock.pass(3 * HOUR - 1);
    await turnKeys(rotation());
    assert.ok((await published(deps)).includes(first));
    clock.pass(11);
    await turnKeys(rotation());
    clock.pass(10);
    assert.equal((await published(deps)).includes(first), false);
  });

  test('of receipts stays published for good, with its times, and loses the half that signs', async () => {
    const [first] = await datedKeys(deps.keys.receipt);
    const begun = new Date(clock.now()).toISOString();
    const next = await rotateNow(rotation(), 'receipt');
    clock.pass(HOUR);
    const handedOver = new Date(clock.now()).toISOString();
    clock.pass(3 * HOUR);
    await turnKeys(rotation());
    clock.pass(10);
    const keys = await datedKeys(deps.keys.receipt);
    assert.deepEqual(
      keys.map(({ kid, signs_from, signs_until }) => ({ kid, signs_from, signs_until })),
      [
        { kid: next, signs_from: handedOver, signs_until: undefined },
        { kid: first?.kid, signs_from: begun, signs_until: handedOver },
      ],
    );
    assert.equal(JSON.stringify(keys).includes('"d":'), false);
    const rows = await deps.db.q.select().from(signingKey);
    assert.equal(rows.filter(({ purpose, jwk }) => purpose === 'receipt' && 'd' in jwk).length, 1);
  });

  test('that somebody else may have is replaced: its tokens are refused in every process within ten seconds', async () => {
    const stolen = await page.tokenFor(deps);
    assert.deepEqual([await isHeard(deps, stolen), await isHeard(other, stolen)], [true, true]);
    const next = await replaceIssuerKeys(rotation());
    clock.pass(10);
    assert.deepEqual([await isHeard(deps, stolen), await isHeard(other, stolen)], [false, false]);
    assert.equal(await signs(other), next);
  });

  test('that nobody knows is looked for in the table once a second at most, whoever names how many', async (t) => {
    await signs(deps);
    const asked = t.mock.method(deps.db.q, 'select');
    for (const kid of ['a', 'b', 'c']) assert.equal(await deps.keys.issuer.look(kid), undefined);
    assert.equal(asked.mock.callCount(), 0, 'it was read just now');
    clock.pass(1);
    for (const kid of ['a', 'b', 'c']) await deps.keys.issuer.look(kid);
    assert.equal(asked.mock.callCount(), 1);
  });

  test('is made once, however many processes start or turn keys at once', async () => {
    clock.pass(90 * DAY);
    await Promise.all([turnKeys(rotation()), turnKeys(rotation()), loadKeys(deps.db, clock.now, 90 * DAY)]);
    const rows = await deps.db.q.select().from(signingKey);
    assert.equal(rows.filter(({ purpose }) => purpose === 'issuer').length, 2);
  });

  test('that was asked for stands in the list of acts, without the key', async () => {
    const kid = await rotateNow(rotation(), 'issuer');
    const [act] = (await deps.db.q.select().from(audit)).filter(({ subject }) => subject === kid);
    assert.equal(act?.act, 'key.rotated');
    assert.deepEqual(act.facts, { purpose: 'issuer', signs_from: new Date(clock.now() + HOUR * 1000).toISOString() });
  });

  test('turns the issuer over without a restart: its metadata name the new key first', async () => {
    const issuer = createIssuer(deps);
    const before = await issuer.current();
    assert.equal(await issuer.current(), before);
    await rotateNow(rotation(), 'issuer');
    clock.pass(HOUR);
    assert.notEqual(await issuer.current(), before);
  });
});
