import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { familiesEn } from '../../src/i18n/families-en.ts';
import { kindsEn } from '../../src/i18n/kinds-en.ts';
import { problemsEn } from '../../src/i18n/problems-en.ts';
import { pack as recipientAr } from '../../src/i18n/recipient-ar.ts';
import { pack as recipientDe } from '../../src/i18n/recipient-de.ts';
import { recipientEn } from '../../src/i18n/recipient-en.ts';
import { sendLinkEn } from '../../src/i18n/send-link-en.ts';
import { uploadEn } from '../../src/i18n/upload-en.ts';
import { pack as uploaderAr } from '../../src/i18n/uploader-ar.ts';
import { pack as uploaderDe } from '../../src/i18n/uploader-de.ts';
import { CALLED_SO, ENGLISH_IN_GERMAN, FORBIDDEN_ELSEWHERE } from './house-words.ts';
import { type Said, sayAll, sayProblems } from './samples.ts';

const ENGLISH = {
  upload: uploadEn,
  recipient: recipientEn,
  sendLink: sendLinkEn,
  kinds: kindsEn,
  families: familiesEn,
};
const german = wordsOf(uploaderDe, recipientDe);
const arabic = wordsOf(uploaderAr, recipientAr);
const LANGUAGES = { German: german, Arabic: arabic };

function wordsOf(uploader: typeof uploaderDe, recipient: typeof recipientDe) {
  const { words: upload, problems, kinds, families, sendLink } = uploader;
  return { problems, groups: { upload, recipient: recipient.words, sendLink, kinds, families } };
}

function allOf({ groups, problems }: typeof german): Said[] {
  return [...sayAll(groups, ENGLISH), ...sayProblems(problems)];
}

/** Keys of English, and of another language, that the other one has not. */
function keysOf(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${path}${key}.`) : [`${path}${key}`],
  );
}

/** The same in many languages: names of formats, and lines that hold nothing but what comes in. */
const SHARED =
  /^(kinds\.(pdf|photo|video|image|text)\.|sendLink\.problems|.*(fromText|previewSender)$|upload\.(sizeAndKind|buttonFor|chosen)$|recipient\.download\.(ready|receiving)$)/;
const SAME_IN_GERMAN = new Set(['upload.pause', 'upload.details', 'recipient.cutLink.field', 'recipient.code.field']);

describe('every language', () => {
  for (const [name, language] of Object.entries(LANGUAGES)) {
    test(`says everything that English says, in ${name}, and nothing else`, () => {
      assert.deepEqual(keysOf(language.groups).sort(), keysOf(ENGLISH).sort());
      assert.deepEqual(Object.keys(language.problems).sort(), Object.keys(problemsEn).sort());
    });

    test(`leaves no gap in a sentence of ${name}`, () => {
      const said = allOf(language);
      assert.ok(said.length > 1000, `${said.length} sentences`);
      const odd = said.filter(
        ([, text]) => text.trim() === '' || /undefined|null|NaN|\[object|[{}#]|\$|=>| {2}|\s[.,،](?!pdf)/.test(text),
      );
      assert.deepEqual(odd, []);
    });

    test(`has a sentence of its own for each of English, in ${name}`, () => {
      const english = new Map(sayAll(ENGLISH, ENGLISH).map(([key, text]) => [`${key}|${text}`, true]));
      const left = sayAll(language.groups, ENGLISH).filter(
        ([key, text]) => english.has(`${key}|${text}`) && !SHARED.test(key) && !SAME_IN_GERMAN.has(key),
      );
      assert.deepEqual([...new Set(left.map(([key, text]) => `${key}: ${text}`))], []);
    });
  }

  test('has no English word left in a German sentence', () => {
    assert.deepEqual(
      allOf(german).filter(([, text]) => ENGLISH_IN_GERMAN.test(text)),
      [],
    );
  });

  test('calls the reference the same in German in all elements, by a word that means no character too', () => {
    const { upload, recipient, sendLink } = german.groups;
    assert.deepEqual(
      [recipient.reference, sendLink.previewReference, upload.yourReference, upload.reference('7F3K')],
      ['Vorgangsnummer', 'Vorgangsnummer', 'Ihre Vorgangsnummer', 'Vorgangsnummer 7F3K'],
    );
    const called = allOf(german).filter(([key, text]) => /\bZeichen\b/.test(text) && key !== 'file_name');
    assert.deepEqual(called, []);
  });

  test('keeps a number at its word in what German recipients read: a line does not end between the two', () => {
    const { recipient, sendLink } = german.groups;
    const torn = sayAll({ recipient, sendLink }, { recipient: ENGLISH.recipient, sendLink: ENGLISH.sendLink }).filter(
      ([, text]) => /(\d|Ⓧ) (Uhr|Minuten?|Ziffern|Versuche?)\b/.test(text),
    );
    assert.deepEqual(torn, []);
  });

  test('has Latin letters in Arabic only for what is called so everywhere', () => {
    const odd = allOf(arabic).filter(([, text]) => /[a-z]/i.test(text.replace(CALLED_SO, '').replaceAll('Ⓧ', '')));
    assert.deepEqual(odd, []);
  });

  test('keeps the words of our trade out of sight', () => {
    const found = Object.entries(LANGUAGES).flatMap(([, language]) =>
      allOf(language).filter(([, text]) => FORBIDDEN_ELSEWHERE.test(text)),
    );
    assert.deepEqual(found, []);
  });

  test('closes every isolate that it opens', () => {
    const open = allOf(arabic).filter(([, text]) => text.split('\u2068').length !== text.split('\u2069').length);
    assert.deepEqual(open, []);
  });
});

describe('counting', () => {
  const forms = (say: (n: number) => string, ...numbers: number[]) =>
    numbers.map((n) => say(n).replaceAll('\u00a0', ' '));

  test('keeps a figure and its word in one line', () => {
    const said = [uploadEn, german.groups.upload, arabic.groups.upload].map(({ upload }) => upload(3));
    assert.deepEqual(said, ['Upload 3\u00a0files', '3\u00a0Dateien hochladen', 'رفع 3\u00a0ملفات']);
  });

  test('has two forms in German', () => {
    const { upload, doneHeading, minutesLeft } = german.groups.upload;
    assert.deepEqual(forms(upload, 1, 2, 1200), [
      '1 Datei hochladen',
      '2 Dateien hochladen',
      '1.200 Dateien hochladen',
    ]);
    assert.deepEqual(forms(doneHeading, 1, 2), ['1 Datei hochgeladen', '2 Dateien hochgeladen']);
    assert.deepEqual(forms(minutesLeft, 0, 1, 2), [
      'Noch weniger als eine Minute',
      'Noch etwa 1 Minute',
      'Noch etwa 2 Minuten',
    ]);
  });

  test('has six forms in Arabic', () => {
    const { upload, chosenSome, partText } = arabic.groups.upload;
    assert.deepEqual(forms(upload, 0, 1, 2, 3, 11, 100), [
      'رفع 0 ملف',
      'رفع ملف واحد',
      'رفع ملفين',
      'رفع 3 ملفات',
      'رفع 11 ملفًا',
      'رفع 100 ملف',
    ]);
    assert.deepEqual(
      forms((n) => chosenSome(n, '5', 2), 1, 2, 3, 11, 100),
      [
        'ملف واحد، 5. ملفان لا يمكن رفعهما.',
        'ملفان، 5. ملفان لا يمكن رفعهما.',
        '3 ملفات، 5. ملفان لا يمكن رفعهما.',
        '11 ملفًا، 5. ملفان لا يمكن رفعهما.',
        '100 ملف، 5. ملفان لا يمكن رفعهما.',
      ],
    );
    assert.deepEqual(forms(partText, 1, 2, 3), [
      'تعذّر رفع ملف واحد. ما زال على جهازك.',
      'تعذّر رفع ملفين. ما زالا على جهازك.',
      'تعذّر رفع 3 ملفات. ما زالت على جهازك.',
    ]);
    assert.deepEqual(forms(arabic.groups.upload.upload, 1200), ['رفع 1,200 ملف']);
  });

  test('has a mark for thousands in English too', () => {
    assert.deepEqual(forms(uploadEn.upload, 1, 2, 1200), ['Upload 1 file', 'Upload 2 files', 'Upload 1,200 files']);
  });
});

describe('what has to fit', () => {
  /** A button may be two fifths longer than in English, and a heading stands on two lines at most. */
  const most = { heading: 52, status: 140 };

  for (const [name, language] of Object.entries(LANGUAGES)) {
    test(`fits in ${name}`, () => {
      assert.deepEqual(
        allOf(language).filter(([, text]) => text.includes('#')),
        [],
      );
      const headings = allOf(language).filter(([key, text]) => /heading$/i.test(key) && text.length > most.heading);
      assert.deepEqual(headings, []);
      const long = sayProblems(language.problems).filter(([, text]) => text.length > most.status);
      assert.deepEqual(long, []);
    });
  }
});
