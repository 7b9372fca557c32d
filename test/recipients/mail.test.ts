import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { person } from '../../demo/identity/schema.ts';
import type { Message } from '../../demo/inbox/index.ts';
import { inert, longTime } from '../../demo/mail/layout.ts';
import { createMailer } from '../../demo/mail/mailer.ts';
import { mailHandlers } from '../../demo/recipients/mail.ts';
import { link, linkCode } from '../../demo/recipients/schema.ts';
import { type MadeLink, ReceiptFile, type Verified } from '../../src/contract/index.ts';
import { codeIn, codeOf, LinkRig, RECIPIENT, stopIn, tokenIn } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

/** What a reader of the HTML part sees: tags gone, entities read. */
function seen({ html }: Message): string {
  const text = html
    .slice(html.indexOf('<body'))
    .replace(/<br>|<\/p>|<\/li>/g, '\n')
    .replace(/<[^>]*>/g, '');
  return text
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

const linksOf = ({ html }: Message): (string | undefined)[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
const words = (text: string): string[] => text.replace(/\u2060/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];

describe('mails', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  test('the link mail says who, what for, until when, how to check it, and holds the link alone on its line', async () => {
    const made = await rig.asSender('POST', '/v1/links', rig.wish([await rig.storeFile(), await rig.storeFile()]));
    assert.equal(made.status, 201);
    const [mail, ...more] = await rig.deliver();
    assert.ok(mail);
    assert.deepEqual(more, []);
    const url = `https://broker.example/r#${tokenIn(mail)}`;
    const stop = `https://broker.example/stop#${stopIn(mail)}`;
    assert.deepEqual(mail.to, [RECIPIENT]);
    assert.equal(mail.from, 'Maria Lopez via acme Ltd <broker@broker.example>');
    assert.equal(mail.subject, 'Maria Lopez sent you 2 files: Your signed rental contract');
    assert.equal(
      mail.text.trimEnd(),
      `Maria Lopez (maria@acme.example) at acme Ltd sent you 2 files.

What it is for:  Your signed rental contract
Open until:      Thursday 5 March 2026, 09:00 (UTC)
Reference:       7F3K-92QD

See the details:
${url}

What happens then
- You read who sent what, and why. Looking uses nothing up.
- We send a code to this address, to check that it is you.
- You accept or decline. If you accept, you can download the files once.

Is this email genuine?
- We never ask for a password, a payment or a bank detail.
- The link starts with https://broker.example/
- Not sure? Ask Maria Lopez for the reference. Use a number or address you already had, not one from this email.

Not for you? You do not have to do anything.

Stop emails from this sender:
${stop}

acme Ltd, 1 acme Street. The files are kept in the European Union.`,
    );
    assert.deepEqual(linksOf(mail), [url, url, stop]);
  });

  test('the code mail has the code in its subject, and no link', async () => {
    const { token } = await rig.sentLink();
    await rig.call('code', { token });
    const [mail] = await rig.deliver('code-mail');
    assert.ok(mail);
    const code = codeIn(mail);
    const shown = `${code.slice(0, 4)} ${code.slice(4)}`;
    assert.equal(mail.subject, `${shown} is your code for files from acme Ltd`);
    assert.equal(
      mail.text.trimEnd(),
      `Your code is ${shown}
It works until 09:10 (UTC), and only on the page of the link.

It is for 2 files that Maria Lopez at acme Ltd sent you.
Reference 7F3K-92QD

Do not pass this code on. Nobody from acme Ltd will ask you for it.
Did you not ask for it? Then somebody has your link. Without this code they cannot open anything. You do not have to do anything.`,
    );
    assert.deepEqual(linksOf(mail), []);
    assert.equal(mail.text.includes(token), false);
  });

  test('accepting sends the recipient a receipt with receipt.json, and the sender one mail with the download', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    const { verified, decided } = await rig.accepted(token, key);
    rig.deps.clock.pass(60);
    await rig.asRecipient('claim', verified.recipient_token, key);
    const mails = await rig.deliver('receipt-mail', 'sender-mail');
    assert.deepEqual(
      mails.map(({ to, subject }) => ({ to, subject })),
      [
        { to: [RECIPIENT], subject: 'Your receipt: you accepted 2 files from acme Ltd' },
        {
          to: ['maria@acme.example'],
          subject: 'jo.\u2060meyer@\u2060mail.\u2060example.\u2060org accepted your files and started to get them',
        },
      ],
    );
    const [receipt] = mails;
    assert.match(
      receipt?.text ?? '',
      /^You accepted 2 files from Maria Lopez at acme Ltd\nMonday 2 March 2026, 09:00 \(UTC\)\. Reference 7F3K-92QD$/m,
    );
    assert.match(
      receipt?.text ?? '',
      /^What acme Ltd keeps about you:\nYour email address, your answer, and when you downloaded\. For 12 months, in the European Union\.$/m,
    );
    const [attached, ...others] = receipt?.attachments ?? [];
    assert.deepEqual([attached?.name, attached?.type, others], ['receipt.json', 'application/json', []]);
    const file = v.parse(ReceiptFile, JSON.parse(Buffer.from(attached?.content ?? '', 'base64').toString()));
    assert.deepEqual(
      [file.issuer, file.reference, file.receipt],
      ['https://broker.example', '7F3K92QD', decided.receipt],
    );
    const [, address] = /^Withdraw at any time:\n(\S+)$/m.exec(receipt?.text ?? '') ?? [];
    assert.equal(file.withdraw, address);
    assert.match(address ?? '', /^https:\/\/broker\.example\/w#[A-Za-z0-9]{43}$/);
  });

  test('an acceptance without a download is told to the sender on its own', async () => {
    const { token } = await rig.sentLink();
    await rig.accepted(token, await PageKey.make());
    const [mail, ...more] = await rig.deliver('sender-mail');
    assert.deepEqual(more, []);
    assert.match(mail?.subject ?? '', / accepted your files$/);
  });

  test('a download later than fifteen minutes after the acceptance has a mail of its own', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    await rig.accepted(token, key);
    rig.deps.clock.pass(3600);
    assert.match((await rig.deliver('sender-mail'))[0]?.subject ?? '', / accepted your files$/);
    const back = await rig.proven(token, key);
    await rig.asRecipient('claim', back.recipient_token, key);
    assert.match((await rig.deliver('sender-mail'))[0]?.subject ?? '', / has begun to download your files$/);
  });

  test('declining and withdrawing are told to both, each in one mail', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    const shown: Verified = await rig.proven(token, key);
    await rig.decide(shown, key, 'decline');
    const declined = await rig.deliver('receipt-mail', 'sender-mail');
    assert.deepEqual(
      declined.map(({ subject }) => inert(subject.replace(/\u2060/g, ''))),
      ['Your receipt: you declined 2 files from acme Ltd', `${inert(RECIPIENT)} declined your files`],
    );
    assert.match(
      declined[1]?.text ?? '',
      /They did not receive anything\. The link is closed unless they change their mind before/,
    );
    await rig.withdraw(shown.recipient_token, key);
    assert.deepEqual(
      (await rig.deliver('receipt-mail', 'sender-mail')).map(({ subject }) => subject),
      ['Your receipt: you withdrew (files from acme Ltd)', `${inert(RECIPIENT)} withdrew`],
    );
  });

  test('no mail names a file, fetches anything, or says more in one part than in the other', async () => {
    assert.ok(rig.sink.messages.length >= 10);
    for (const mail of rig.sink.messages) {
      const whole = mail.subject + mail.text + mail.html;
      assert.doesNotMatch(whole, /rental-contract|house-rules/);
      assert.doesNotMatch(mail.html, /<(img|script|link|iframe|object|video|audio|form|style)\b|url\(|src=/i);
      assert.match(mail.html, /<html lang="en" dir="ltr">/);
      assert.deepEqual(words(seen(mail)).sort().filter(isOnceEnough), words(mail.text).sort().filter(isOnceEnough));
    }
  });
});

/** The address of the link stands in a button and below it, and the button's words are its label. */
const isOnceEnough = (word: string, index: number, all: string[]): boolean => all.indexOf(word) === index;

describe('words of somebody else in a mail', () => {
  const lures = [
    'evil\u3002example',
    'http://evil.example/x',
    'evil.example',
    'www.evil.example',
    'pay@evil.example',
    'https://evil.example?a=b',
    'file:\\\\evil.example\\x',
  ];
  // What mail programs make a link of: a scheme, a host with a dot, an address.
  const isLinked = (text: string) => /:\/\/|\w[.\u3002\uff0e\uff61]\w|\w@\w|\w:\\/.test(text);

  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  for (const lure of lures) {
    test(`"${lure}" as a purpose and as a name becomes a link in no part`, async () => {
      await rig.deps.db.q.update(person).set({ name: lure }).where(eq(person.id, 'person-1'));
      const files = [await rig.storeFile()];
      const purpose = `Go to ${lure}`;
      assert.equal(codeOf(await rig.asSender('POST', '/v1/links', rig.wish(files, { purpose }))), 'purpose_plain');
      // A mail does not rely on that: it would be text there too.
      const made = await rig.asSender('POST', '/v1/links', rig.wish(files));
      await rig.deps.db.q
        .update(link)
        .set({ purpose })
        .where(eq(link.id, (made.body as MadeLink).link.id));
      const [mail] = await rig.deliver();
      assert.ok(mail);
      assert.equal(isLinked(lure), true);
      const line = mail.text.split('\n').find((one) => one.startsWith('What it is for:')) ?? assert.fail();
      assert.equal(isLinked(line.slice('What it is for:'.length)), false);
      assert.equal(isLinked(mail.subject), false);
      assert.equal(isLinked(mail.from.slice(0, mail.from.indexOf(' via '))), false);
      assert.ok(linksOf(mail).every((url) => /^https:\/\/broker\.example\/(r|stop)#/.test(url ?? '')));
      assert.equal(line.replace(/\u2060/g, '').trim(), `What it is for:  Go to ${lure}`);
    });
  }

  test('tags and quotes are text, and a line break in a name adds no header and no line', async () => {
    const name = 'Eve"\r\nBcc: all@example.org\r\n\r\n<script>x</script>';
    await rig.deps.db.q.update(person).set({ name }).where(eq(person.id, 'person-1'));
    await rig.asSender(
      'POST',
      '/v1/links',
      rig.wish([await rig.storeFile()], { purpose: '<img src=x onerror=y> & "more"' }),
    );
    const [mail] = await rig.deliver();
    assert.ok(mail);
    assert.deepEqual(mail.to, [RECIPIENT]);
    assert.doesNotMatch(mail.html, /<img|<script/);
    assert.match(seen(mail), /<img src=x onerror=y> & "more"/);
    assert.doesNotMatch(mail.subject + mail.from, /[\r\n]/);
  });
});

describe('when the mail server does not take a mail', () => {
  test('the handler rejects without an address in its message, and the next try has a new secret', async (t) => {
    const rig = await LinkRig.start();
    t.after(() => rig.close());
    const files = [await rig.storeFile()];
    const made = (await rig.asSender('POST', '/v1/links', rig.wish(files))).body as MadeLink;
    const url = rig.deps.config.smtp.url;
    Object.assign(rig.deps.config.smtp, { url: 'smtp://127.0.0.1:1' });
    await assert.rejects(
      mailHandlers(rig.deps, createMailer(rig.deps.config.smtp))['link-mail']({ id: made.link.id }),
      (error: Error) => {
        assert.equal(error.message.includes(RECIPIENT), false);
        return true;
      },
    );
    const hash = async () => (await rig.deps.db.q.select().from(link).where(eq(link.id, made.link.id)))[0]?.tokenHash;
    const lost = await hash();
    assert.equal(lost?.byteLength, 32);
    Object.assign(rig.deps.config.smtp, { url });
    const [mail] = await rig.deliver();
    assert.notDeepEqual(await hash(), lost);
    assert.equal((await rig.cover(tokenIn(mail))).state, 'open');
  });

  test('a link mailed twice opens by the newest mail alone', async (t) => {
    const rig = await LinkRig.start();
    t.after(() => rig.close());
    const { id, token } = await rig.sentLink();
    await mailHandlers(rig.deps, createMailer(rig.deps.config.smtp))['link-mail']({ id });
    assert.equal(codeOf(await rig.call('notice', { token })), 'link_unknown');
    assert.equal((await rig.cover(tokenIn(rig.sink.messages.at(-1)))).state, 'open');
  });

  test('a sender without an address is written to by nobody, and the link still goes out', async (t) => {
    const rig = await LinkRig.start();
    t.after(() => rig.close());
    await rig.deps.db.q.update(person).set({ email: null }).where(eq(person.id, 'person-1'));
    const { token } = await rig.sentLink();
    await rig.accepted(token, await PageKey.make());
    assert.deepEqual(await rig.deliver('sender-mail'), []);
    assert.match(
      rig.sink.messages[0]?.text ?? '',
      /^Maria Lopez \(help@acme\.example\) at acme Ltd sent you 2 files\.$/m,
    );
  });

  test('jobs about what is gone or over send nothing and do not fail', async (t) => {
    const rig = await LinkRig.start();
    t.after(() => rig.close());
    const { id, token } = await rig.sentLink();
    await rig.call('code', { token });
    const [code] = await rig.deps.db.q.select().from(linkCode).where(eq(linkCode.link, id));
    const handlers = mailHandlers(rig.deps, createMailer(rig.deps.config.smtp));
    rig.deps.clock.pass(600);
    await handlers['code-mail']({ id: code?.id ?? '' });
    await rig.asSender('DELETE', `/v1/links/${id}`);
    await handlers['link-mail']({ id });
    await handlers['code-mail']({ id: 'gone-gone' });
    await handlers['receipt-mail']({ id: 'gone-gone' });
    assert.equal(rig.sink.messages.length, 1);
  });
});

test('times in mails name their zone', () => {
  assert.equal(longTime(new Date('2026-11-24T14:00:00Z')), 'Tuesday 24 November 2026, 14:00 (UTC)');
  assert.equal(longTime(new Date('2026-11-24T00:05:00Z')), 'Tuesday 24 November 2026, 00:05 (UTC)');
});
