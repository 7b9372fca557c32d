import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Lang } from '../../demo/base/page.ts';
import { LinkRig } from '../support/link-rig.ts';
import { everyMail, type MailParts } from '../support/mail-kinds.ts';
import { assertEasy, assertFit, assertKind } from './house-words.ts';

const DAY = /\w+day \d+ \w+ \d{4}, \d\d:\d\d \(UTC\)/g;

describe('the words of every mail', () => {
  let rig: LinkRig;
  const mails = new Map<Lang, [kind: string, mail: MailParts][]>();
  before(async () => {
    rig = await LinkRig.start();
    for (const lang of ['en', 'de', 'ar'] as const) mails.set(lang, Object.entries(await everyMail(rig, lang)));
  });
  after(() => rig.close());

  /** Line by line, subjects too. Addresses, names and dates are no words of ours. */
  const linesIn = (lang: Lang): [kind: string, line: string][] =>
    (mails.get(lang) ?? []).flatMap(([kind, { subject, text }]) =>
      [subject, ...text.split('\n')].flatMap((line): [string, string][] => {
        const said = line
          .replace(/https:\S+/g, '')
          .replace(/[^\s@]+@[\w.\u2060-]*\w|Maria Lopez/g, 'Jo')
          .replace(DAY, '5 May')
          .trim();
        return said ? [[kind, said]] : [];
      }),
    );

  test('leave out what frightens, blames or is our own trade', () => {
    assert.ok((mails.get('en') ?? []).length >= 20);
    assertKind(linesIn);
  });

  test('fit a button of 24 characters, and in other languages of 34', () => {
    const buttonsIn = (lang: Lang) =>
      (mails.get(lang) ?? []).flatMap(([kind, { html }]) =>
        [...html.matchAll(/<a [^>]*background[^>]*>([^<]*)</g)].map(([, label = '']) => [kind, label] as const),
      );
    assertFit(buttonsIn, { least: 5, most: 24, elsewhere: 34 });
  });

  test('can be read at the age of eleven', () => assertEasy(linesIn('en')));
});
