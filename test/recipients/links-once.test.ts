import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { link } from '../../demo/recipients/schema.ts';
import { idempotency } from '../../demo/uploads/schema.ts';
import type { MadeLink } from '../../src/contract/index.ts';
import { routesAs } from '../support/broker.ts';
import { codeOf, LinkRig, RECIPIENT } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

describe('a link that is asked for with an Idempotency-Key', () => {
  let rig: LinkRig;
  let page: PageKey;
  before(async () => {
    rig = await LinkRig.start();
    page = await PageKey.make();
  });
  after(() => rig?.close());

  async function ask(key: string, wish: object) {
    const token = await page.tokenFor(rig.deps, {});
    const headers = await page.headers(rig.deps, 'POST', '/v1/links', token);
    const call = routesAs(rig.routes, {});
    return call('POST', '/v1/links', wish, { ...headers, 'idempotency-key': key });
  }
  const mails = () => rig.jobs.sent.filter(({ name }) => name === 'link-mail').length;

  test('is made once: a repeat is answered the same and mails nobody again', async () => {
    const wish = rig.wish([await rig.storeFile(), await rig.storeFile({ name: 'two.pdf' })]);
    const first = await ask('one', wish);
    assert.equal(first.status, 201);
    const again = await ask('one', wish);
    assert.deepEqual([again.status, again.body], [201, first.body]);
    assert.deepEqual([(await rig.deps.db.q.select().from(link)).length, mails()], [1, 1]);
    const kept = await rig.deps.db.q.select().from(idempotency);
    assert.deepEqual(
      kept.map(({ answer }) => answer),
      [{ id: (first.body as MadeLink).link.id }],
      'nothing of the recipient is kept',
    );
    assert.equal(JSON.stringify(kept).includes(RECIPIENT), false);
  });

  test('is refused where the key came with another wish, and made where it is another key', async () => {
    const files = [await rig.storeFile()];
    const before = mails();
    assert.equal((await ask('two', rig.wish(files))).status, 201);
    assert.equal(codeOf(await ask('two', rig.wish(files, { purpose: 'Something else' }))), 'idempotency_mismatch');
    assert.equal(codeOf(await ask('t w o', rig.wish(files))), 'bad_request');
    assert.equal((await ask('three', rig.wish(files))).status, 201);
    assert.equal(mails(), before + 2);
  });

  test('and was refused may be asked for again with the same key', async () => {
    const files = [await rig.storeFile()];
    const far = rig.wish(files, { expires_at: new Date(rig.deps.now() - 1).toISOString() });
    assert.equal(codeOf(await ask('four', far)), 'bad_request');
    assert.equal((await ask('four', rig.wish(files))).status, 201);
  });
});
