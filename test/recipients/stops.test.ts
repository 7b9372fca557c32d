import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { mailStop } from '../../demo/recipients/schema.ts';
import type { LinkList, StopNotice } from '../../src/contract/index.ts';
import { codeOf, LinkRig, RECIPIENT, stopIn } from '../support/link-rig.ts';

describe('the stop link of a mail', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  const mailed = async (recipient = RECIPIENT) => {
    const made = await rig.asSender('POST', '/v1/links', rig.wish([await rig.storeFile()], { recipient }));
    assert.equal(made.status, 201);
    const [mail] = await rig.deliver('link-mail');
    return stopIn(mail);
  };
  const stop = (token: string, more = {}) => rig.call('stop', { token, stopped: true, is_trusted: true, ...more });
  const send = async (recipient = RECIPIENT) =>
    rig.asSender('POST', '/v1/links', rig.wish([await rig.storeFile()], { recipient }));

  test('tells what it would stop, with the address masked, and changes nothing', async () => {
    const token = await mailed();
    const { status, body } = await rig.call('stop/notice', { token });
    assert.deepEqual(
      [status, body],
      [200, { org: 'acme Ltd', sender: 'Maria Lopez', masked_address: 'j•••@m•••.org' } satisfies StopNotice],
    );
    assert.equal((await rig.deps.db.q.select().from(mailStop)).length, 0);
  });

  test('stops links to that address from that app with one press, and the sender is told so; codes go out as before', async () => {
    const { token: open } = await rig.sentLink();
    const token = await mailed();
    const at = new Date(rig.deps.now()).toISOString();
    assert.equal(((await stop(token)).body as StopNotice).stopped_at, at);
    const refused = await send('JO.meyer@mail.EXAMPLE.org');
    assert.deepEqual([refused.status, codeOf(refused)], [409, 'mails_stopped']);
    assert.equal((await rig.call('code', { token: open })).status, 200);
    const { links } = (await rig.asSender('GET', '/v1/links')).body as LinkList;
    assert.ok(links.every((link) => link.stopped === true));
    assert.equal((await send('another@mail.example.org')).status, 201);
    const acts = await rig.deps.db.q.select().from(audit).where(eq(audit.act, 'mails.stopped'));
    assert.equal(acts.length, 1);
    assert.equal(JSON.stringify(acts).includes('meyer'), false);

    rig.deps.clock.pass(60);
    assert.equal(((await stop(token)).body as StopNotice).stopped_at, at, 'again: as it was');
    assert.equal(((await stop(token, { stopped: false })).body as StopNotice).stopped_at, undefined);
    assert.equal((await send()).status, 201);
    await rig.deliver();
  });

  test('a link made before the stop and mailed after it is not mailed', async () => {
    const token = await mailed('late@mail.example.org');
    await send('late@mail.example.org');
    await stop(token);
    assert.deepEqual(await rig.deliver('link-mail'), []);
  });

  test('is worth nothing else: it opens no link, and a link stops no mails', async () => {
    const { token: link } = await rig.sentLink();
    const token = await mailed();
    assert.equal(codeOf(await rig.call('notice', { token })), 'link_unknown');
    assert.equal(codeOf(await rig.call('code', { token })), 'link_unknown');
    for (const wrong of [link, 'x', '', 'A'.repeat(43), '\u0000', "' or 1=1 --"]) {
      assert.equal(codeOf(await rig.call('stop/notice', { token: wrong })), 'link_unknown');
      assert.equal(codeOf(await stop(wrong)), 'link_unknown');
    }
  });

  test('takes neither a press by a script nor one from another page', async () => {
    const token = await mailed();
    assert.equal(codeOf(await stop(token, { is_trusted: false })), 'not_a_person');
    const body = { token, stopped: true, is_trusted: true };
    const foreign = await rig.call('stop', body, { origin: 'https://www.acme.example' });
    assert.equal(codeOf(foreign), 'origin_not_allowed');
    assert.equal(((await rig.call('stop/notice', { token })).body as StopNotice).stopped_at, undefined);
  });
});
