import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { sweep } from '../../demo/broker/sweep.ts';
import { MAILS } from '../../demo/context/config.ts';
import { hashAddress } from '../../demo/recipients/mail-caps.ts';
import { mailSent } from '../../demo/recipients/schema.ts';
import { codeOf, figuresOf, LinkRig, RECIPIENT } from '../support/link-rig.ts';

const HOUR = 3600;

describe('mails to an address, and of a sender', () => {
  let rig: LinkRig;
  const start = async (mails = MAILS) => {
    rig = await LinkRig.start({ mails });
    return await rig.storeFile();
  };
  afterEach(() => rig.close());
  const send = (file: string, recipient = RECIPIENT, who = {}) =>
    rig.asSender('POST', '/v1/links', rig.wish([file], { recipient }), who);

  test('one address gets five an hour, whoever sends and however it is spelt; the sixth is told when', async () => {
    const file = await start();
    for (let mail = 0; mail < 5; mail += 1) {
      assert.equal((await send(file)).status, 201);
      rig.deps.clock.pass(60);
    }
    const another = await rig.storeFile({ person: 'person-2' });
    const refused = await send(another, 'Jo.Meyer@MAIL.example.org', { person: 'person-2' });
    const until = new Date(rig.deps.now() + (HOUR - 300) * 1000).toISOString();
    assert.deepEqual(
      [refused.status, codeOf(refused), figuresOf(refused), refused.headers.get('retry-after')],
      [429, 'address_busy', { limit: 5, until }, String(HOUR - 300)],
    );
    assert.equal((await rig.deliver()).length, 5);
    assert.equal((await send(file, 'other@mail.example.org')).status, 201);
    rig.deps.clock.pass(HOUR - 301);
    assert.equal((await send(another, RECIPIENT, { person: 'person-2' })).status, 429);
    rig.deps.clock.pass(1);
    assert.equal((await send(another, RECIPIENT, { person: 'person-2' })).status, 201);
  });

  test('codes count too: with five mails in an hour, the next code waits', async () => {
    await start();
    const { token } = await rig.sentLink();
    const other = await rig.sentLink();
    for (let mail = 0; mail < 3; mail += 1) {
      await rig.mailedCode(token);
      rig.deps.clock.pass(60);
    }
    const refused = await rig.call('code', { token: other.token });
    assert.deepEqual([refused.status, codeOf(refused)], [429, 'mail_limit']);
    assert.equal(refused.headers.get('retry-after'), String(HOUR - 180));
    rig.deps.clock.pass(HOUR - 180);
    assert.equal((await rig.call('code', { token: other.token })).status, 200);
  });

  test('a sender sends 50 links a day; the next is told when', async () => {
    const file = await start();
    for (let mail = 0; mail < 50; mail += 1) assert.equal((await send(file, `a${mail}@acme.example`)).status, 201);
    const refused = await send(file, 'one-more@acme.example');
    const until = new Date(rig.deps.now() + 24 * HOUR * 1000).toISOString();
    assert.deepEqual(
      [refused.status, codeOf(refused), figuresOf(refused), refused.headers.get('retry-after')],
      [429, 'sender_busy', { limit: 50, until }, String(24 * HOUR)],
    );
    rig.deps.clock.pass(24 * HOUR);
    assert.equal((await send(file, 'one-more@acme.example')).status, 201);
  });

  test('both numbers are what the configuration says', async () => {
    const file = await start({ toAddressAnHour: 1, bySenderADay: 2 });
    assert.equal((await send(file)).status, 201);
    assert.equal(codeOf(await send(file)), 'address_busy');
    assert.equal((await send(file, 'two@mail.example.org')).status, 201);
    assert.equal(codeOf(await send(file, 'three@mail.example.org')), 'sender_busy');
  });

  test('a link that was refused counts for nothing', async () => {
    const file = await start({ toAddressAnHour: 1, bySenderADay: 1 });
    assert.equal(codeOf(await send('A'.repeat(22))), 'not_found');
    assert.equal((await send(file)).status, 201);
  });

  test('another tenant neither sees nor uses the count, and no address stands in the table', async () => {
    const file = await start({ toAddressAnHour: 1, bySenderADay: 50 });
    assert.equal((await send(file)).status, 201);
    const [row] = await rig.deps.db.q.select().from(mailSent);
    assert.deepEqual(Buffer.from(row?.addressHash ?? []), hashAddress('acme', RECIPIENT.toUpperCase()));
    assert.notDeepEqual(hashAddress('acme', RECIPIENT), hashAddress('globex', RECIPIENT));
    assert.equal(JSON.stringify(row).includes('jo.meyer'), false);
    rig.deps.clock.pass(24 * HOUR + 1);
    await sweep(rig.deps);
    assert.equal((await rig.deps.db.q.select().from(mailSent).where(eq(mailSent.tenant, 'acme'))).length, 0);
  });
});
