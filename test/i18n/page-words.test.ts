import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Lang } from '../../demo/base/page.ts';
import { VERIFY_WORDS } from '../../demo/broker/pages/verify-words.ts';
import { PAGE_WORDS } from '../../demo/broker/pages/words.ts';
import { guestWords } from '../../demo/identity/guests/mail.ts';
import { TYPED_WORDS } from '../../demo/identity/typed-words.ts';
import { SIGN_IN_WORDS } from '../../demo/identity/words.ts';
import { NOTICE_WORDS } from '../../demo/recipients/consent/notice-words.ts';
import { createRegistry } from '../../demo/registry/registry.ts';
import { testConfig } from '../support/broker.ts';
import { assertEasy, assertFit, assertKind, CALLED_SO, ENGLISH_IN_GERMAN, withoutNames } from './house-words.ts';
import { type Said, sayAll } from './samples.ts';

const pagesIn = (lang: Lang) => ({
  signIn: SIGN_IN_WORDS[lang],
  typed: TYPED_WORDS[lang],
  pages: PAGE_WORDS[lang],
  verify: VERIFY_WORDS[lang],
});

/** What the broker's own pages say, the notice before a consent, and the mail to a guest. */
const said = (lang: Lang): Said[] => [
  ...sayAll({ ...pagesIn(lang), notice: NOTICE_WORDS[lang] }, { ...pagesIn('en'), notice: NOTICE_WORDS.en }),
  ...guestMail(lang).map((line): Said => ['mail', line]),
];

function guestMail(lang: Lang): string[] {
  const app = createRegistry(testConfig().apps, []).app('photos');
  const org = { ...app.record.org, name: '\u24cd' };
  const record = { org, purpose: { en: '\u24cd', de: '\u24cd', ar: '\u24cd' } };
  const facts: Parameters<typeof guestWords>[0] = {
    app: { ...app, record: { ...app.record, ...record } },
    code: '12345678',
    expiresAt: new Date(0),
    lang,
  };
  const { subject, text } = guestWords(facts);
  return [subject, ...text.split('\n').filter(Boolean)];
}

/** Buttons by their keys, as the pages draw them. */
const BUTTON =
  /^(signIn\.(choose\.(with|guest)|address\.(send|back)|code\.(go|again|other)|leave\.yes)|typed\.(go|yes)|pages\.stop\.(press|undo)|verify\.check)$/;
const TITLE = /\.(title|heading|notFound|unavailable)$/;

describe("the words of the broker's own pages", () => {
  test('leave out what frightens, blames or is our own trade', () => assertKind(said));

  test('can be read at the age of eleven', () => assertEasy(said('en')));

  test('fit a button of 24 characters, and in other languages of 34', () => {
    assertFit((lang) => said(lang).filter(([key]) => BUTTON.test(key)), { least: 10, most: 24, elsewhere: 34 });
  });

  test('fit a heading of 45 characters, and in other languages of 63', () => {
    assertFit((lang) => said(lang).filter(([key]) => TITLE.test(key)), { least: 10, most: 45, elsewhere: 63 });
  });

  test('leave no English in German and no Latin letters in Arabic, but for what is called so everywhere', () => {
    assert.deepEqual(
      said('de').filter(([, text]) => ENGLISH_IN_GERMAN.test(withoutNames(text))),
      [],
    );
    const odd = said('ar').filter(([, text]) =>
      /[a-z]/i.test(withoutNames(text).replace(CALLED_SO, '').replaceAll('\u24cd', '')),
    );
    assert.deepEqual(odd, []);
  });

  test('have a sentence of their own for each of English, and close each isolate', () => {
    const english = new Map(said('en'));
    for (const lang of ['de', 'ar'] as const) {
      const words = said(lang).filter(([key]) => key !== 'mail');
      assert.deepEqual(
        words.filter(([key, text]) => english.get(key) === text && !/^(\u24cd|Code|\W*)$/.test(text)),
        [],
        lang,
      );
      assert.deepEqual(
        words.filter(([, text]) => text.split('\u2068').length !== text.split('\u2069').length),
        [],
        lang,
      );
    }
  });
});
