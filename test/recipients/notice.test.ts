import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { jwtVerify } from 'jose';
import * as v from 'valibot';
import { person } from '../../demo/identity/schema.ts';
import { consent } from '../../demo/recipients/schema.ts';
import { ConsentReceipt, canonical, Decided, ShownNotice } from '../../src/contract/index.ts';
import { codeOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

test('a sender who is not known any more leaves the organisation as the one who sends', async (t) => {
  const rig = await LinkRig.start();
  t.after(() => rig.close());
  const { token } = await rig.sentLink();
  await rig.deps.db.q.delete(person);
  assert.deepEqual((await rig.cover(token)).sender, {
    name: 'acme Ltd',
    org: 'acme Ltd',
    address: 'help@acme.example',
  });
});

describe('a notice', () => {
  const words = (en: string) => ({ en, de: `${en} (de)`, ar: `${en} (ar)` });
  const purpose = (id: string, needed: boolean) => ({
    id,
    version: 1,
    needed,
    label: words(id),
    explanation: words(`Why ${id}`),
  });
  let rig: LinkRig;
  let key: PageKey;
  before(async () => {
    const purposes = [purpose('store', true), purpose('remind', false)];
    rig = await LinkRig.start({ template: (one) => ({ ...one, links: one.links && { ...one.links, purposes } }) });
    key = await PageKey.make();
  });
  after(() => rig.close());
  const both = (store: boolean, remind: boolean) => ({
    purposes: [
      { id: 'store', agreed: store },
      { id: 'remind', agreed: remind },
    ],
  });

  test('in another language is another text, hash and nonce, and the one before cannot be answered any more', async () => {
    const { token } = await rig.sentLink({ language: 'de-AT' });
    const shown = await rig.proven(token, key);
    assert.equal(shown.notice.question, 'Möchten Sie diese Dateien bekommen?');
    const answer = await rig.asRecipient('show', shown.recipient_token, key, { language: 'ar-EG' });
    const arabic = v.parse(ShownNotice, answer.body);
    assert.equal(arabic.notice.language, 'ar');
    assert.equal(arabic.sha256, createHash('sha256').update(arabic.canonical).digest('base64'));
    assert.equal(canonical(arabic.notice), arabic.canonical);
    assert.notEqual(arabic.sha256, shown.sha256);
    assert.equal(codeOf(await rig.decide(shown, key, 'accept', both(true, true))), 'notice_stale');
    const given = await rig.decide({ ...shown, ...arabic }, key, 'accept', both(true, false));
    const { payload } = await jwtVerify(v.parse(Decided, given.body).receipt, rig.deps.keys.receipt.current.publicJwk, {
      currentDate: new Date(rig.deps.now()),
    });
    const claims = v.parse(ConsentReceipt, payload);
    assert.deepEqual([claims.language, claims.privacy_notice], ['ar', arabic.canonical]);
    assert.deepEqual(
      claims.purposes.map(({ id, agreed }) => [id, agreed]),
      [
        ['store', true],
        ['remind', false],
      ],
    );
  });

  test('speaks English to who asks for a language that it has not', async () => {
    const { token } = await rig.sentLink({ language: 'fr' });
    const shown = await rig.proven(token, key);
    assert.equal(shown.notice.language, 'en');
  });

  test('is not accepted without what is needed, nor with purposes that were not shown; declining ticks nothing', async () => {
    const { id, token } = await rig.sentLink();
    const shown = await rig.proven(token, key);
    assert.equal(codeOf(await rig.decide(shown, key, 'accept', both(false, true))), 'consent_needed');
    assert.equal(codeOf(await rig.decide(shown, key, 'accept')), 'bad_request');
    const others = { purposes: [{ id: 'other', agreed: true }] };
    assert.equal(codeOf(await rig.decide(shown, key, 'decline', others)), 'bad_request');
    assert.equal((await rig.decide(shown, key, 'decline', both(true, true))).status, 200);
    const [kept] = await rig.deps.db.q.select().from(consent).where(eq(consent.link, id));
    assert.deepEqual(
      kept?.record.purposes.map(({ agreed }) => agreed),
      [false, false],
    );
  });
});
