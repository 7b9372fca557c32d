import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { forgetRecipients } from '../../demo/recipients/consent/erase.ts';
import { link, linkAccess } from '../../demo/recipients/schema.ts';
import { type Claimed, type MadeLink, Template, type Withdrawn } from '../../src/contract/index.ts';
import { testDeps } from '../support/broker.ts';
import { codeOf, figuresOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const DAY = 86_400;

/** Other values than any shipped template has, and the bounds. */
const NUMBERS = {
  max_days: { value: 2, least: 1, most: 366 },
  default_days: { value: 1, least: 1, most: 366 },
  max_claims: { value: 2, least: 1, most: 100 },
  delivery_window_s: { value: 120, least: 60, most: 86_400 },
  record_months: { value: 1, least: 1, most: 360 },
  erase_days: { value: 2, least: 0, most: 90 },
  log_days: { value: 3, least: 1, most: 730 },
} as const;

describe('a number of links that a template sets', () => {
  let rig: LinkRig;
  let key: PageKey;
  before(async () => {
    const values = Object.fromEntries(Object.entries(NUMBERS).map(([name, { value }]) => [name, value]));
    rig = await LinkRig.start({ template: (one) => ({ ...one, links: one.links && { ...one.links, ...values } }) });
    key = await PageKey.make();
  });
  after(() => rig.close());

  const at = (seconds: number) => new Date(rig.deps.now() + seconds * 1000).toISOString();
  const send = async (wish: Record<string, unknown>) =>
    rig.asSender('POST', '/v1/links', rig.wish([await rig.storeFile()], wish));
  const sent = () => rig.sentLink({ expires_at: at(DAY) });
  const erasedAt = async (id: string) => {
    await forgetRecipients(rig.deps);
    const [row] = await rig.deps.db.q.select().from(link).where(eq(link.id, id));
    return row?.erasedAt?.toISOString() ?? null;
  };

  test('max_days: a link may be open so long and no longer', async () => {
    const made = (await send({ expires_at: at(2 * DAY) })).body as MadeLink;
    assert.equal(made.link.expires_at, at(2 * DAY));
    const refused = await send({ expires_at: at(3 * DAY) });
    assert.deepEqual([codeOf(refused), figuresOf(refused)], ['bad_request', { until: at(2 * DAY) }]);
  });

  test('default_days: a link is renewed for so long', async () => {
    const { id } = await sent();
    rig.deps.clock.pass(60);
    const renewed = (await rig.asSender('POST', `/v1/links/${id}/renew`, {})).body as MadeLink;
    assert.equal(renewed.link.expires_at, at(DAY));
  });

  test('max_claims: a link may be for so many pages and no more', async () => {
    assert.equal((await send({ expires_at: at(DAY), claims: 2 })).status, 201);
    const refused = await send({ expires_at: at(DAY), claims: 3 });
    assert.deepEqual([codeOf(refused), figuresOf(refused)], ['bad_request', { limit: 2 }]);
  });

  test('delivery_window_s: the files can be fetched so long from the first claim on', async () => {
    const { token } = await sent();
    const { verified } = await rig.accepted(token, key);
    assert.equal(verified.delivery_window_s, 120);
    const claim = () => rig.asRecipient('claim', verified.recipient_token, key);
    assert.equal(((await claim()).body as Claimed).window_ends_at, at(120));
    rig.deps.clock.pass(119);
    assert.equal((await claim()).status, 200);
    rig.deps.clock.pass(1);
    assert.equal(codeOf(await claim()), 'window_over');
  });

  test('erase_days: so long after a withdrawal the person is gone', async () => {
    const { id, token } = await sent();
    const { verified } = await rig.accepted(token, key);
    const { erase_by } = (await rig.withdraw(verified.recipient_token, key)).body as Withdrawn;
    assert.equal(erase_by, at(2 * DAY));
    rig.deps.clock.pass(2 * DAY - 1);
    assert.equal(await erasedAt(id), null);
    rig.deps.clock.pass(1);
    assert.equal(await erasedAt(id), at(0));
  });

  test('record_months: so long after the end of an unanswered link the person is gone', async () => {
    const { id } = await sent();
    const end = new Date(rig.deps.now() + DAY * 1000);
    end.setUTCMonth(end.getUTCMonth() + 1);
    rig.deps.clock.pass((end.getTime() - rig.deps.now()) / 1000 - 1);
    assert.equal(await erasedAt(id), null);
    rig.deps.clock.pass(1);
    assert.equal(await erasedAt(id), at(0));
  });

  test('log_days: the log of a link is kept so long', async () => {
    const { id, token } = await sent();
    await rig.cover(token);
    const entries = async () => {
      await forgetRecipients(rig.deps);
      return (await rig.deps.db.q.select().from(linkAccess).where(eq(linkAccess.link, id))).length;
    };
    rig.deps.clock.pass(3 * DAY);
    assert.equal(await entries(), 1);
    rig.deps.clock.pass(1);
    assert.equal(await entries(), 0);
  });
});

test('every number of links in a template has bounds', async (t) => {
  const deps = await testDeps();
  t.after(() => deps.close());
  const { template } = deps.registry.app('cases');
  const { links } = template;
  assert.ok(links);
  const numbers = Object.entries(links).filter(([, value]) => typeof value === 'number');
  assert.deepEqual([...new Set([...numbers.map(([name]) => name), 'max_claims'])].sort(), Object.keys(NUMBERS).sort());
  const isTaken = (name: string, value: number) =>
    v.safeParse(Template, { ...template, links: { ...links, [name]: value } }).success;
  for (const [name, { least, most }] of Object.entries(NUMBERS)) {
    const seen = [least - 1, least, most, most + 1, least + 0.5].map((value) => isTaken(name, value));
    assert.deepEqual(seen, [false, true, true, false, false], name);
  }
});
