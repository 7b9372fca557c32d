import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { figuresAr } from '../../src/i18n/ar/figures.ts';
import { figuresDe } from '../../src/i18n/de/figures.ts';
import { figuresEn } from '../../src/i18n/figures-en.ts';
import { firstFormatsFor } from '../../src/i18n/first-format.ts';
import { formatsFor } from '../../src/i18n/format.ts';
import { cleanName, formatReference, isolate, shortenName, spellReference } from '../../src/i18n/names.ts';

const kB = 1024;
const MB = 1024 * kB;
const en = formatsFor('en');
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('sizes', () => {
  test('use one divisor, one decimal under ten and none above', () => {
    const shown = [0, 1, 1023, kB, 1536, 340 * kB, 4.1 * MB, 9.96 * MB, 18 * MB, 1023.7 * kB, 5 * kB * MB].map((n) =>
      plain(en.size(n)),
    );
    assert.deepEqual(shown, [
      '0 B',
      '1 B',
      '1,023 B',
      '1 kB',
      '1.5 kB',
      '340 kB',
      '4.1 MB',
      '10 MB',
      '18 MB',
      '1 MB',
      '5 GB',
    ]);
  });

  test('do not break between the number and its unit', () => {
    assert.match(en.size(18 * MB), /^18\u00a0MB$/);
  });

  test('that differ never read the same beside each other', () => {
    const pair = (a: number, b: number) => en.sizePair(a, b).map(plain);
    assert.deepEqual(pair(15 * MB + 20_000, 15 * MB), ['15.02 MB', '15 MB']);
    assert.deepEqual(pair(88 * MB, 15 * MB), ['88 MB', '15 MB']);
    assert.deepEqual(pair(15 * MB + 1, 15 * MB), ['15.000001 MB', '15 MB']);
    const [size, limit] = pair(5 * kB * MB + 1, 5 * kB * MB);
    assert.notEqual(size, limit);
  });

  test('of a part and its whole share the unit', () => {
    assert.deepEqual(en.sizeOf(6.2 * MB, 18 * MB).map(plain), ['6.2', '18 MB']);
    assert.deepEqual(en.sizeOf(0, 55 * MB).map(plain), ['0', '55 MB']);
  });

  test('speak the language they are in', () => {
    const shown = (lang: string) => [1023, 340 * kB, 4.1 * MB, 5 * kB * MB].map((n) => plain(formatsFor(lang).size(n)));
    assert.deepEqual(shown('de'), ['1.023 B', '340 kB', '4,1 MB', '5 GB']);
    assert.deepEqual(shown('ar'), ['1,023 ب', '340 كيلوبايت', '4.1 م.ب', '5 غ.ب']);
    assert.deepEqual(shown('fr'), ['1 023 o', '340 ko', '4,1 Mo', '5 Go']);
    assert.deepEqual(
      formatsFor('de')
        .sizeOf(6.2 * MB, 18 * MB)
        .map(plain),
      ['6,2', '18 MB'],
    );
  });
});

describe('dates', () => {
  test('in the next days have a weekday, later ones a year', () => {
    assert.match(plain(en.future('2026-11-24T14:00:00Z', NOW)), /^Tuesday 24 November, \d\d:00$/);
    assert.match(plain(en.future('2027-02-19T14:00:00Z', NOW)), /^19 February 2027, \d\d:00$/);
  });

  test('are written as each language writes them', () => {
    const shown = (lang: string) => {
      const { future, date, ago } = formatsFor(lang);
      const clock = /\d\d:\d\d/;
      return [
        future('2026-11-24T14:00:00Z', NOW).replace(clock, '–'),
        future('2027-02-19T14:00:00Z', NOW).replace(clock, '–'),
        date('2026-11-21T12:00:00Z'),
        ago('2026-11-21T11:48:00Z', NOW),
        ago('2026-11-21T10:00:00Z', NOW),
      ].map((text) => plain(text ?? ''));
    };
    assert.deepEqual(shown('de'), [
      'Dienstag, 24. November, –',
      '19. Februar 2027, –',
      '21. November 2026',
      'vor 12 Minuten',
      'vor 2 Stunden',
    ]);
    assert.deepEqual(shown('ar'), [
      'الثلاثاء، 24 نوفمبر، –',
      '19 فبراير 2027، –',
      '21 نوفمبر 2026',
      'قبل 12 دقيقة',
      'قبل ساعتين',
    ]);
  });

  test('on receipts name their zone', () => {
    assert.match(plain(en.stamp('2026-11-21T13:03:00Z')), /^21 November 2026, \d\d:03 \(.+\)$/);
  });

  test('stand with their month, and an age with its unit, in one line', () => {
    assert.match(en.future('2026-11-24T14:00:00Z', NOW), /^Tuesday 24\u00a0November, /);
    assert.equal(formatsFor('de').date('2026-11-21T12:00:00Z'), '21.\u00a0November 2026');
    assert.deepEqual(
      ['en', 'de', 'ar'].map((lang) => formatsFor(lang).ago('2026-11-21T11:48:00Z', NOW)),
      ['12\u00a0minutes ago', 'vor 12\u00a0Minuten', 'قبل 12\u00a0دقيقة'],
    );
  });

  test('of how long something is kept stay in one line', () => {
    assert.deepEqual(
      [en.days(90), en.months(12), formatsFor('de').days(1)],
      ['90\u00a0days', '12\u00a0months', '1\u00a0Tag'],
    );
    const arabic = formatsFor('ar');
    assert.deepEqual([arabic.days(3), arabic.days(365), arabic.days(1)], ['3\u00a0أيام', '12\u00a0شهرًا', 'يوم']);
  });

  test('of how long something is kept have whole units', () => {
    assert.deepEqual([en.days(90), en.days(1), en.months(12)].map(plain), ['90 days', '1 day', '12 months']);
    assert.deepEqual(
      [365, 730, 364, 366].map((n) => plain(en.days(n))),
      [...['12 months', '24 months', '364 days', '366 days']],
    );
    assert.deepEqual(
      ['de', 'ar'].map((lang) => plain(formatsFor(lang).days(365))),
      ['12 Monate', '12 شهرًا'],
    );
    const { days, months, percent } = formatsFor('de');
    assert.deepEqual([days(90), days(1), months(12), percent(0.349)].map(plain), [
      '90 Tage',
      '1 Tag',
      '12 Monate',
      '34 %',
    ]);
    const arabic = formatsFor('ar');
    assert.deepEqual(
      [1, 2, 3, 11, 100].map((n) => plain(arabic.days(n))),
      ['يوم', 'يومان', '3 أيام', '11 يومًا', '100 يوم'],
    );
    assert.equal(arabic.percent(0.349).replace(/\u200e/g, ''), '34%');
  });
});

describe('lists', () => {
  test('are joined by "and" or "or"', () => {
    assert.equal(en.list(['photos', 'images', 'texts']), 'photos, images and texts');
    assert.equal(en.list(['photos', 'images'], 'disjunction'), 'photos or images');
    assert.equal(formatsFor('de').list(['Fotos', 'Bilder', 'Texte']), 'Fotos, Bilder und Texte');
    assert.equal(formatsFor('ar').list(['صور', 'نصوص'], 'disjunction'), 'صور أو نصوص');
  });
});

describe('the formats of the first paint', () => {
  const SIZES = [0, 1, 999, 1000, 1023, 1023.4, 1023.7 * kB, 9.94 * MB, 9.96 * MB, 5 * kB * MB, 4000 * kB * MB];
  const steps = Array.from({ length: 2000 }, (_, i) => Math.round(1.013 ** i)).filter((n) => n < 2 ** 45);
  const words = ['one', 'two', 'three', 'four'];

  for (const [lang, figures] of Object.entries({ en: figuresEn, de: figuresDe, ar: figuresAr })) {
    test(`say without Intl what it says, in ${lang}`, () => {
      const first = firstFormatsFor(lang, figures);
      const by = formatsFor(lang);
      for (const bytes of [...SIZES, ...steps]) assert.equal(first.size(bytes), by.size(bytes));
      for (const n of steps) assert.equal(first.number(n), by.number(n));
      for (let n = 0; n < 2000; n += 1) assert.equal(plain(first.days(n)), plain(by.days(n)));
      for (const count of [0, 1, 2, 3, 4]) {
        for (const kind of ['conjunction', 'disjunction'] as const) {
          assert.equal(first.list(words.slice(0, count), kind), by.list(words.slice(0, count), kind));
        }
      }
    });
  }
});

describe('references', () => {
  test('are shown in two halves, and spelled to be heard', () => {
    assert.equal(formatReference('7F3K92QD'), '7F3K-92QD');
    assert.equal(spellReference('7F3K92QD'), '7 F 3 K, 9 2 Q D');
  });
});

describe('names of files', () => {
  test('lose what cannot be seen and what turns their direction', () => {
    assert.equal(cleanName('photo\u202egpj.exe'), 'photogpj.exe');
    assert.equal(cleanName('a\u0000b\u200fc\u2066d\ufeff.pdf'), 'abcd.pdf');
    assert.equal(cleanName('Übung – 写真.pdf'), 'Übung – 写真.pdf');
  });

  test('are kept apart from the sentence around them', () => {
    assert.equal(isolate('a\u202eb.pdf'), '\u2068ab.pdf\u2069');
  });

  test('are shortened in the middle and keep their ending', () => {
    assert.equal(shortenName('short.pdf', 20), 'short.pdf');
    const cut = shortenName('shop-window-final-version-2026-october.png', 24);
    assert.equal(cut, 'shop-window-fi…tober.png');
    assert.equal([...cut].length, 24);
    assert.equal(shortenName(`${'👩\u200d'.repeat(30)}👩`, 12), `${'👩\u200d'.repeat(3)}👩…👩\u200d👩`);
    assert.equal(shortenName(`${'a'.repeat(30)}\u0301bcd`, 10), `${'a'.repeat(5)}…bcd`);
    assert.equal([...shortenName('😀'.repeat(60), 20)].length, 20);
  });
});
