import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { sweep } from '../../demo/broker/sweep.ts';
import { shortenAddress } from '../../demo/recipients/consent/network.ts';
import { linkAccess } from '../../demo/recipients/schema.ts';
import type { AccessLog } from '../../src/contract/index.ts';
import { codeOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('an address in a log', () => {
  for (const [address, network] of [
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:12:34:56:78:9a:bc', '2001:db8:12::/48'],
    ['2001:0DB8:0012:0034::1', '2001:db8:12::/48'],
    ['2001:db8::1', '2001:db8::/48'],
    ['fe80::1ff:fe23:4567:890a%eth2', 'fe80::/48'],
    ['64:ff9b::203.0.113.77', '64:ff9b::/48'],
    ['::1', '::/48'],
    ['', null],
    ['203.0.113', null],
    ['203.0.113.77, 198.51.100.1', null],
    ['unknown', null],
    ["'; drop table link; --", null],
  ] as const) {
    test(`${JSON.stringify(address)} is kept as ${network}`, () => assert.equal(shortenAddress(address), network));
  }

  test('says of no two households of a network which it was', () => {
    const byte = fc.nat(255);
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte), byte, byte, (net, one, other) => {
        assert.equal(shortenAddress([...net, one].join('.')), shortenAddress([...net, other].join('.')));
      }),
    );
    const group = fc.nat(0xffff).map((n) => n.toString(16));
    const rest = fc.array(group, { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.tuple(group, group, group), rest, rest, (net, one, other) => {
        assert.equal(shortenAddress([...net, ...one].join(':')), shortenAddress([...net, ...other].join(':')));
      }),
    );
  });
});

describe('looks at a link', () => {
  let rig: LinkRig;
  let key: PageKey;
  let [id, token] = ['', ''];
  before(async () => {
    rig = await LinkRig.start({
      template: (one) => ({ ...one, links: one.links && { ...one.links, log_networks: true, log_days: 2 } }),
    });
    key = await PageKey.make();
  });
  after(() => rig.close());
  beforeEach(async () => {
    Object.assign(rig.deps.config, { proxies: 0 });
    ({ id, token } = await rig.sentLink());
  });

  const look = (remoteAddress: string, passed?: string) => {
    const headers = { 'content-type': 'application/json', ...(passed !== undefined && { 'x-forwarded-for': passed }) };
    const incoming = { socket: { remoteAddress }, headers };
    const body = JSON.stringify({ token });
    return rig.routes.request('/v1/recipient/notice', { method: 'POST', headers, body }, { incoming });
  };
  const owner = { scopes: ['links:create:internal', 'links:read:app'], person: 'person-2' };
  const seen = async () => {
    const { body } = await rig.asSender('GET', `/v1/links/${id}/log`, undefined, owner);
    return (body as AccessLog).entries.map(({ act, network }) => `${act} ${network ?? '-'}`);
  };

  test('are kept with their network alone, once an hour for each', async () => {
    await look('203.0.113.77');
    await look('203.0.113.78');
    await look('2001:db8:12:34::1');
    rig.deps.clock.pass(HOUR - 1);
    await look('203.0.113.1');
    assert.deepEqual(await seen(), ['opened 203.0.113.0/24', 'opened 2001:db8:12::/48']);
    rig.deps.clock.pass(1);
    await look('203.0.113.77');
    assert.equal((await seen()).length, 3);
    const rows = await rig.deps.db.q.select().from(linkAccess).where(eq(linkAccess.link, id));
    assert.ok(!/\.7[78]|:34/.test(JSON.stringify(rows.map(({ network }) => network))));
  });

  test('come from where a proxy of the operator says, and from nowhere that a visitor says', async () => {
    await look('192.0.2.1', '203.0.113.77');
    assert.deepEqual(await seen(), ['opened 192.0.2.0/24'], 'without a proxy the header is a visitor’s');
    Object.assign(rig.deps.config, { proxies: 1 });
    await look('192.0.2.1', '198.51.100.9, 203.0.113.77');
    await look('192.0.2.1', 'unknown');
    assert.deepEqual((await seen()).slice(1), ['opened 203.0.113.0/24', 'opened -']);
  });

  test('are for the owner and the recipient: the sender sees acts alone, and a stranger nothing', async () => {
    await look('203.0.113.77');
    const { verified } = await rig.accepted(token, key);
    await rig.asRecipient('claim', verified.recipient_token, key);
    const own = (await rig.asRecipient('log', verified.recipient_token, key)).body as AccessLog;
    assert.deepEqual(
      own.entries.map(({ act }) => act),
      ['opened', 'code_sent', 'proven', 'accepted', 'downloaded'],
    );
    assert.equal(own.entries[0]?.network, '203.0.113.0/24');
    assert.equal(own.kept_days, 2);
    const senders = (await rig.asSender('GET', `/v1/links/${id}/log`)).body as AccessLog;
    assert.deepEqual(
      senders.entries.map(({ act, network }) => [act, network]),
      [
        ['accepted', undefined],
        ['downloaded', undefined],
      ],
    );
    for (const who of [{ person: 'person-3' }, { ...owner, app: 'photos' }]) {
      assert.equal(codeOf(await rig.asSender('GET', `/v1/links/${id}/log`, undefined, who)), 'not_found');
    }
  });

  test('and acts are gone to the second after the days that the template says, and the ledger keeps the acts', async () => {
    await look('203.0.113.77');
    const { verified } = await rig.accepted(token, key);
    await rig.asRecipient('claim', verified.recipient_token, key);
    const rows = () => rig.deps.db.q.select().from(linkAccess).where(eq(linkAccess.link, id));
    const acts = async () => (await rig.deps.db.execute('select act from audit where subject = $1', [id])).rows.length;
    const kept = await acts();
    rig.deps.clock.pass(2 * DAY);
    await sweep(rig.deps);
    assert.equal((await rows()).length, 5);
    rig.deps.clock.pass(1);
    await sweep(rig.deps);
    assert.equal((await rows()).length, 0);
    assert.ok(kept > 0 && (await acts()) >= kept);
  });
});
