import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq, inArray } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { stopPages } from '../../demo/broker/pages/stop.ts';
import { outsideWords } from '../../demo/recipients/outside.ts';
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

  test('is opened by scanners and previews without any effect: GET and HEAD show a page that knows nothing', async () => {
    const token = await mailed('scanned@mail.example.org');
    const pages = stopPages();
    for (const method of ['GET', 'HEAD']) {
      for (const path of ['/stop', `/stop?token=${token}&stopped=true`, `/stop?${token}`]) {
        const answer = await pages.request(path, { method });
        assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'no-store']);
        assert.doesNotMatch(await answer.text(), new RegExp(`${token}|Maria|scanned`));
      }
      for (const step of ['stop', 'stop/notice']) {
        assert.equal((await rig.send(method, `/v1/recipient/${step}?token=${token}&stopped=true`)).status, 404);
      }
    }
    const { body } = await rig.call('stop/notice', { token });
    assert.equal((body as StopNotice).stopped_at, undefined);
  });

  test('of any mail undoes what another stopped; the sender sees it come and go, and nothing is renewed meanwhile', async () => {
    const recipient = 'undo@mail.example.org';
    const [first, second] = [await mailed(recipient), await mailed(recipient)];
    const mine = async () =>
      ((await rig.asSender('GET', '/v1/links')).body as LinkList).links.filter((one) => one.recipient === recipient);
    await Promise.all(Array.from({ length: 8 }, () => stop(first)));
    const links = await mine();
    assert.deepEqual(
      links.map(({ stopped }) => stopped),
      [true, true],
    );
    const renewed = await rig.asSender('POST', `/v1/links/${links[0]?.id}/renew`, {});
    assert.deepEqual([renewed.status, codeOf(renewed)], [409, 'mails_stopped']);
    assert.equal((await mine())[0]?.state, 'open', 'what was refused ends nothing');
    await stop(second, { stopped: false });
    await stop(second, { stopped: false });
    assert.deepEqual(
      (await mine()).map((one) => 'stopped' in one),
      [false, false],
    );
    assert.equal((await rig.asSender('POST', `/v1/links/${links[0]?.id}/renew`, {})).status, 201);
    const ids = links.map(({ id }) => id);
    const acts = await rig.deps.db.q.select({ act: audit.act }).from(audit).where(inArray(audit.subject, ids));
    const told = acts.map(({ act }) => act).filter((act) => act.startsWith('mails.'));
    assert.deepEqual(told.sort(), ['mails.allowed', 'mails.stopped'], 'pressing again writes nothing');
    await rig.deliver();
  });

  test('stops one app: another app of the same organisation still writes', async () => {
    const recipient = 'one-app@mail.example.org';
    await stop(await mailed(recipient));
    const file = await rig.storeFile({ app: 'photos' });
    const { outside: _, ...wish } = rig.wish([file], { recipient });
    const { sha256, language } = outsideWords(rig.deps.registry.app('photos'), 'en');
    const sent = { ...wish, outside: { sha256, language } };
    assert.equal((await rig.asSender('POST', '/v1/links', sent, { app: 'photos' })).status, 201);
    assert.equal(codeOf(await send(recipient)), 'mails_stopped');
    await rig.deliver();
  });
});
