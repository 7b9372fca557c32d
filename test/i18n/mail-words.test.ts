import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Lang } from '../../demo/base/page.ts';
import { LinkRig } from '../support/link-rig.ts';
import { everyMail, type MailParts } from '../support/mail-kinds.ts';
import { gradeOf } from './grade.ts';
import { FORBIDDEN, FORBIDDEN_ELSEWHERE, HARD_BUT_NEEDED } from './house-words.ts';

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
    assert.deepEqual(
      linesIn('en').filter(([, line]) => FORBIDDEN.test(line)),
      [],
    );
    for (const lang of ['de', 'ar'] as const) {
      assert.deepEqual(
        linesIn(lang).filter(([, line]) => FORBIDDEN_ELSEWHERE.test(line)),
        [],
        lang,
      );
    }
  });

  test('fit a button of 24 characters, and in other languages of 34', () => {
    for (const [lang, most] of [
      ['en', 24],
      ['de', 34],
      ['ar', 34],
    ] as const) {
      const buttons = (mails.get(lang) ?? []).flatMap(([kind, { html }]) =>
        [...html.matchAll(/<a [^>]*background[^>]*>([^<]*)</g)].map(([, label = '']) => [kind, label] as const),
      );
      assert.ok(buttons.length > 5);
      assert.deepEqual(
        buttons.filter(([, label]) => label.length > most),
        [],
        lang,
      );
    }
  });

  test('can be read at the age of eleven', () => {
    const hard = linesIn('en').flatMap(([kind, line]) =>
      line.split(/(?<=[.?:;])\s+/).flatMap((sentence) => {
        const { grade, words } = gradeOf(sentence);
        return words > 8 && grade > 6 && !HARD_BUT_NEEDED.some((one) => one.test(sentence))
          ? [`${kind}: ${sentence} (${grade.toFixed(1)})`]
          : [];
      }),
    );
    assert.deepEqual(hard, []);
  });
});
