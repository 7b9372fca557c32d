import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createMailer } from '../../demo/mail/mailer.ts';
import type { CheckedRecipient, LinkList } from '../../src/contract/index.ts';
import { TEST_APPS } from '../support/broker.ts';
import { codeOf, LinkRig, tokenIn } from '../support/link-rig.ts';

describe('an address whose domain is not in ASCII', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start({
      apps: TEST_APPS.map((app) => (app.id === 'cases' ? { ...app, domains: ['bücher.example'] } : app)),
    });
  });
  after(() => rig.close());

  const check = (recipient: string) => rig.asSender('POST', '/v1/links/recipient', { recipient, language: 'en' });

  test('is inside or outside by its A-label, however it is written', async () => {
    for (const [recipient, external] of [
      ['anna@bücher.example', false],
      ['anna@BÜCHER.example', false],
      ['anna@xn--bcher-kva.example', false],
      ['Anna@XN--BCHER-KVA.example', false],
      ['anna@bucher.example', true],
      ['anna@münchen.example', true],
      ["o'brien+files@mail.example.org", true],
    ] as const) {
      const { status, body } = await check(recipient);
      assert.deepEqual([status, (body as CheckedRecipient).external], [200, external], recipient);
    }
  });

  test('is mailed, listed as it was written, and counted as one', async () => {
    const written = 'anna@münchen.example';
    const made = await rig.asSender('POST', '/v1/links', rig.wish([await rig.storeFile()], { recipient: written }));
    assert.equal(made.status, 201);
    const [mail] = await rig.deliver('link-mail');
    assert.deepEqual(mail?.to, [written], 'the inbox reads A-labels back');
    assert.equal(tokenIn(mail).length, 43);
    const { links } = (await rig.asSender('GET', '/v1/links')).body as LinkList;
    assert.equal(links[0]?.recipient, written);
    Object.assign(rig.deps.config, { mails: { toAddressAnHour: 2, bySenderADay: 50 } });
    const again = (recipient: string) =>
      rig.storeFile().then((file) => rig.asSender('POST', '/v1/links', rig.wish([file], { recipient })));
    assert.equal((await again('ANNA@XN--MNCHEN-3YA.example')).status, 201);
    assert.equal(codeOf(await again('anna@MÜNCHEN.example')), 'address_busy');
  });

  test('has a problem of its own where it is the part before the @, and none where it is no address', async () => {
    for (const recipient of ['jürgen@mail.example.org', 'анна@mail.example.org', 'straße@acme.example']) {
      const refused = await check(recipient);
      assert.deepEqual([refused.status, codeOf(refused)], [422, 'address_letters'], recipient);
    }
    for (const recipient of [
      'anna@',
      'anna@münchen',
      'a..b@mail.example.org',
      '.a@mail.example.org',
      'a@b@c.example',
    ]) {
      const refused = await check(recipient);
      assert.deepEqual([refused.status, codeOf(refused)], [400, 'bad_request'], recipient);
    }
  });
});

test('a mail server without SMTPUTF8 is told the A-label', async (t) => {
  let asked = '';
  const server = createServer((socket) => {
    socket.write('220 plain\r\n');
    socket.on('data', (line) => {
      if (/^RCPT/.test(String(line))) asked = String(line).trim();
      socket.write(/^RCPT/.test(String(line)) ? '550 5.1.1 enough\r\n' : '250 ok\r\n');
    });
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const mailer = createMailer({ url: `smtp://127.0.0.1:${port}`, from: 'files@acme.example' });
  const mail = { to: 'Anna@münchen.example', from: 'Acme', subject: 'one', text: 'two', html: 'two' };
  await assert.rejects(mailer.send(mail), { name: 'MailRefused', why: 'unknown' });
  assert.equal(asked, 'RCPT TO:<Anna@xn--mnchen-3ya.example>');
});
