import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, test } from 'node:test';
import { and, eq } from 'drizzle-orm';
import { SMTPServer } from 'smtp-server';
import { audit } from '../../demo/audit/schema.ts';
import { createMailer } from '../../demo/mail/mailer.ts';
import { mailHandlers } from '../../demo/recipients/mail.ts';
import { linkTold } from '../../demo/recipients/schema.ts';
import type { Link, LinkList, MadeLink } from '../../src/contract/index.ts';
import { LinkRig, RECIPIENT } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

/** A mail server that answers one step as it is told. */
class FaultySmtp {
  fault: { readonly at: 'sender' | 'recipient' | 'content'; readonly code: number; readonly says?: string } = {
    at: 'recipient',
    code: 550,
  };
  readonly #server: SMTPServer;

  constructor() {
    const judge = (at: string) => (this.fault.at === at ? this.#problem() : null);
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onMailFrom: (_address, _session, done) => done(judge('sender')),
      onRcptTo: (_address, _session, done) => done(judge('recipient')),
      onData: (stream, _session, done) => {
        stream.resume().on('end', () => done(judge('content')));
      },
    });
    this.#server.on('error', () => {});
  }

  #problem() {
    return Object.assign(new Error(this.fault.says ?? `no ${RECIPIENT} here`), { responseCode: this.fault.code });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => resolve());
    });
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

describe('the mail of a link that the server does not take', () => {
  const smtp = new FaultySmtp();
  let rig: LinkRig;
  let good = '';
  before(async () => {
    await smtp.listen();
    rig = await LinkRig.start();
    good = rig.deps.config.smtp.url;
  });
  after(async () => {
    await rig.close();
    await smtp.close();
  });
  afterEach(() => Object.assign(rig.deps.config.smtp, { url: good }));

  const made = async () => {
    const { body } = await rig.asSender('POST', '/v1/links', rig.wish([await rig.storeFile()]));
    return (body as MadeLink).link.id;
  };
  const listed = async (id: string): Promise<Link | undefined> =>
    ((await rig.asSender('GET', '/v1/links')).body as LinkList).links.find((one) => one.id === id);
  const failWith = (fault: FaultySmtp['fault']) => {
    smtp.fault = fault;
    Object.assign(rig.deps.config.smtp, { url: smtp.url });
  };

  for (const [code, says, at = 'recipient'] of [
    [550, undefined],
    [551, undefined],
    [553, undefined],
    [556, undefined],
    [550, '5.1.1 no such user'],
    [553, '5.1.3 bad syntax'],
    [554, '5.1.10 takes no mail'],
    [550, '5.1.1 no such user after all', 'content'],
  ] as const) {
    test(`${code} ${says ?? ''} for the address: the link is marked, the sender told in one mail, and nothing tried again`, async () => {
      const id = await made();
      failWith({ at, code, ...(says !== undefined && { says }) });
      await rig.deliver('link-mail');
      const when = new Date(rig.deps.now()).toISOString();
      const link = await listed(id);
      assert.deepEqual([link?.undeliverable_at, link?.mailed_at, link?.state], [when, undefined, 'open']);
      assert.equal(link?.refused, undefined);
      const here = and(eq(audit.subject, id), eq(audit.act, 'link.undeliverable'));
      const acts = await rig.deps.db.q.select().from(audit).where(here);
      assert.equal(acts.length, 1);
      assert.doesNotMatch(JSON.stringify(acts), /meyer/);

      const [asked] = rig.jobs.sent.slice(-1);
      assert.equal(asked?.name, 'told-mail');
      Object.assign(rig.deps.config.smtp, { url: good });
      const before = rig.sink.messages.length;
      await mailHandlers(rig.deps, createMailer(rig.deps.config.smtp))['told-mail'](asked?.payload ?? { id: '' });
      const [mail, ...more] = rig.sink.messages.slice(before);
      assert.deepEqual([mail?.to, more], [['maria@acme.example'], []]);
      assert.equal(mail?.subject.replace(/\u2060/g, ''), `Your email to ${RECIPIENT} came back`);
    });
  }

  for (const fault of [
    { at: 'recipient', code: 550, says: '5.7.1 message refused by policy' },
    { at: 'recipient', code: 553, says: '5.1.8 bad sender address' },
    { at: 'recipient', code: 552, says: 'mailbox full' },
    { at: 'recipient', code: 550, says: '5.2.2 mailbox full' },
    { at: 'recipient', code: 554, says: 'no service for you' },
    { at: 'content', code: 552, says: '5.3.4 too big' },
    { at: 'content', code: 550, says: '5.7.1 looks like spam' },
    { at: 'content', code: 554, says: 'transaction failed' },
    { at: 'content', code: 550, says: 'no reason' },
  ] as const) {
    test(`${fault.code} ${fault.says} at the ${fault.at}: the sender reads that it was refused, not that the address is wrong`, async () => {
      const id = await made();
      failWith(fault);
      await rig.deliver('link-mail');
      const link = await listed(id);
      const at = new Date(rig.deps.now()).toISOString();
      assert.deepEqual(
        [link?.undeliverable_at, link?.refused, link?.mailed_at, link?.state],
        [at, true, undefined, 'open'],
      );
      Object.assign(rig.deps.config.smtp, { url: good });
      const [mail, ...more] = await rig.deliver('told-mail');
      assert.deepEqual([mail?.to, more], [['maria@acme.example'], []]);
      assert.equal(mail?.subject.replace(/\u2060/g, ''), `Your email to ${RECIPIENT} was refused`);
      assert.doesNotMatch(mail?.text ?? '', /does not know|message refused|spam/);
    });
  }

  for (const fault of [
    { at: 'recipient', code: 450 },
    { at: 'recipient', code: 421 },
    { at: 'sender', code: 550 },
    { at: 'content', code: 451 },
  ] as const) {
    test(`${fault.code} at the ${fault.at}: the link is not marked, and the mail is tried again`, async () => {
      const id = await made();
      failWith(fault);
      await assert.rejects(rig.deliver('link-mail'));
      assert.equal((await rig.deps.db.q.select().from(linkTold).where(eq(linkTold.link, id))).length, 0);
      assert.deepEqual([(await listed(id))?.undeliverable_at, (await listed(id))?.mailed_at], [undefined, undefined]);
      Object.assign(rig.deps.config.smtp, { url: good });
      await mailHandlers(rig.deps, createMailer(rig.deps.config.smtp))['link-mail']({ id });
      assert.equal((await listed(id))?.mailed_at, new Date(rig.deps.now()).toISOString());
    });
  }

  test('a code, a receipt and what a sender hears are sent once where the server refuses for good, and again where it may pass', async () => {
    await rig.accepted((await rig.sentLink()).token, await PageKey.make());
    assert.equal((await rig.call('code', { token: (await rig.sentLink()).token })).status, 200);
    const named = (name: string) => rig.jobs.sent.filter((job) => job.name === name).at(-1);
    const asked = ['code-mail', 'receipt-mail', 'sender-mail'].map((name) => named(name) ?? assert.fail(name));
    const mails = () => mailHandlers(rig.deps, createMailer(rig.deps.config.smtp));
    const carryOut = () => Promise.allSettled(asked.map(({ name, payload }) => mails()[name as 'code-mail'](payload)));
    failWith({ at: 'recipient', code: 550 });
    assert.deepEqual(new Set((await carryOut()).map(({ status }) => status)), new Set(['fulfilled']));
    failWith({ at: 'recipient', code: 450 });
    assert.deepEqual(new Set((await carryOut()).map(({ status }) => status)), new Set(['rejected']));
  });
});
