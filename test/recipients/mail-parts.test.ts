import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Lang } from '../../demo/base/page.ts';
import { LinkRig } from '../support/link-rig.ts';
import { everyMail, type MailParts } from '../support/mail-kinds.ts';

/** What a reader of the HTML part sees, line by line. */
function seen(html: string): string[] {
  const body = html.slice(html.indexOf('<body')).replace(/<br>|<\/p>|<\/li>/g, '\n');
  const text = body
    .replace(/<[^>]*>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
  return linesOf(text);
}

/** What the plain part marks with a sign or with room, the other marks with its looks. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^- /, '').replace(/:$/, '').replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');

const linksIn = (html: string): string[] => [...html.matchAll(/href="([^"]*)"/g)].map(([, url = '']) => url);

/** With an address in them, on purpose. */
const WITH_STOP = ['link', 'link-account'];
const WITH_REFERENCE = /^(link|code|receipt|sender|told)/;

for (const lang of ['en', 'de', 'ar'] satisfies Lang[]) {
  describe(`every mail, ${lang}`, () => {
    let rig: LinkRig;
    let mails: [kind: string, mail: MailParts][];
    before(async () => {
      rig = await LinkRig.start();
      mails = Object.entries(await everyMail(rig, lang));
    });
    after(() => rig.close());

    test('says the same in both of its parts, line by line and in one order', () => {
      assert.ok(mails.length >= 20);
      for (const [kind, mail] of mails) assert.deepEqual(seen(mail.html), linesOf(mail.text), kind);
    });

    test('names its language and its direction, where readers drop the page around a mail too', () => {
      const way = `lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`;
      for (const [kind, { html }] of mails) {
        assert.ok(html.includes(`<html ${way}>`), kind);
        assert.ok(html.includes(`<div ${way} `), kind);
      }
    });

    test('fetches nothing, names no file, and leads nowhere but to the broker', () => {
      for (const [kind, { subject, text, html }] of mails) {
        assert.doesNotMatch(html, /<(img|script|link|iframe|object|video|audio|form|style|base)\b|url\(|src=/i, kind);
        assert.doesNotMatch(subject + text + html, /rental-contract|house-rules/, kind);
        for (const url of linksIn(html))
          assert.match(url, /^https:\/\/broker\.example\/(r#|stop#|w#|verify$|u\/[\w-]+#links-sent$)/, kind);
      }
    });

    test('has the reference to ask for; who did not ask for a mail can stop such mails, and a code has no link', () => {
      for (const [kind, { text, html }] of mails) {
        if (WITH_REFERENCE.test(kind)) assert.match(text, /7F3K-92QD/, kind);
        assert.equal(/\/stop#/.test(text), WITH_STOP.includes(kind), kind);
        if (kind.endsWith('code')) assert.deepEqual(linksIn(html), [], kind);
      }
    });

    test('is written in its own language, subject and sender too', () => {
      const foreign = {
        en: /\b(und|Sie|Ihr)\b|[\u0600-\u06ff]/,
        de: /\b(the|you|your|via)\b|[\u0600-\u06ff]/i,
        ar: /\b(the|you|via|und)\b/i,
      };
      const own = (text: string) =>
        text.replaceAll('Your signed rental contract', '').replace('Photos for the support team', '');
      for (const [kind, { from, subject, text }] of mails)
        assert.doesNotMatch(own(`${from} ${subject} ${text}`), foreign[lang], kind);
    });
  });
}
