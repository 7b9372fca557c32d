import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { isProblemCode, PROBLEMS } from '../../src/contract/problems.ts';
import type { LocalCode } from '../../src/errors.ts';
import { recipientAr } from '../../src/i18n/ar/recipient.ts';
import { sendLinkAr } from '../../src/i18n/ar/send-link.ts';
import { uploadAr } from '../../src/i18n/ar/upload.ts';
import { recipientDe } from '../../src/i18n/de/recipient.ts';
import { sendLinkDe } from '../../src/i18n/de/send-link.ts';
import { uploadDe } from '../../src/i18n/de/upload.ts';
import { familiesEn } from '../../src/i18n/families-en.ts';
import { kindsEn } from '../../src/i18n/kinds-en.ts';
import { ownerText } from '../../src/i18n/owner-text.ts';
import { type ProblemWordsFacts, problemsEn } from '../../src/i18n/problems-en.ts';
import { recipientEn } from '../../src/i18n/recipient-en.ts';
import { sendLinkEn } from '../../src/i18n/send-link-en.ts';
import { setupEn } from '../../src/i18n/setup-en.ts';
import { uploadEn } from '../../src/i18n/upload-en.ts';
import { assertEasy, FORBIDDEN } from './house-words.ts';
import { WHYS } from './samples.ts';

const FACTS: ProblemWordsFacts = {
  org: 'Acme',
  provider: 'Acme',
  kind: 'pdf',
  kinds: 'Videos',
  isKindAccepted: false,
  hasFiles: true,
  families: 'photos or images',
  size: '15.02 MB',
  limit: '15 MB',
  limitCount: '20',
  namedEnding: '.pdf',
  namedA: 'a PDF',
  foundA: 'a ZIP archive',
};
const NUMBERS = new Set(['n', 'done', 'left', 'refused', 'limit', 'minutes', 'hours']);

/** Each text as a person may meet it, with the key it has; where it counts, for one and for more. */
function textsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function') return [1, 3].map((n) => [at, say(value as (...args: unknown[]) => string, n)]);
    return textsOf(value as object, at);
  });
}

function say(sentence: (...args: unknown[]) => string, n: number): string {
  const names = /^\(?([^)=]*)/.exec(sentence.toString())?.[1]?.split(',') ?? [];
  return sentence(...names.map((name) => (NUMBERS.has(name.trim()) ? n : 'Acme')));
}

const picture = { ...FACTS, width: '12,000', height: '9,000' };
const { limitCount: _, ...named } = picture;

const problemTexts = Object.entries(problemsEn).flatMap(([code, words]): [string, string][] => [
  [code, words(FACTS)],
  [code, words({ ...FACTS, isKindAccepted: true })],
  [code, words({ ...picture, limitCount: '100,000,000' })],
  ...WHYS.flatMap((why): [string, string][] => [
    [`${code} ${why}`, words({ ...picture, why })],
    [`${code} ${why}`, words({ ...named, why })],
  ]),
  [
    code,
    words({
      org: 'Acme',
      provider: 'Acme',
      kind: 'file',
      kinds: 'Files',
      isKindAccepted: false,
      hasFiles: false,
      families: 'photos',
    }),
  ],
]);
const ALL = [
  ...textsOf(uploadEn),
  ...textsOf(recipientEn),
  ...textsOf(sendLinkEn),
  ...textsOf(kindsEn),
  ...textsOf(familiesEn),
  ...problemTexts,
];

/** Words that templates put into a button by way of a function of their own. */
const BY_WAY_OF = {
  'secure-upload': ['stop', 'keepGoing', 'delete', 'keep', 'ask', 'contact'],
  'recipient-consent': ['decision.accept', 'decision.decline', 'contact'],
  'send-link': [],
} as const;

const ENGLISH = {
  'secure-upload': { ...setupEn, ...uploadEn },
  'recipient-consent': recipientEn,
  'send-link': sendLinkEn,
};
const GERMAN = {
  'secure-upload': { ...setupEn, ...uploadDe },
  'recipient-consent': recipientDe,
  'send-link': sendLinkDe,
};
const ARABIC = {
  'secure-upload': { ...setupEn, ...uploadAr },
  'recipient-consent': recipientAr,
  'send-link': sendLinkAr,
};
const BUTTONS = (['secure-upload', 'recipient-consent', 'send-link'] as const).map(
  (room) => [room, buttonKeys(room)] as const,
);

/** The one place where the fault is ours and there is nothing to do. */
const MAY_BE_SORRY = 'unavailable.heading';

describe('the English words', () => {
  test('leave out what frightens, blames or is our own trade', () => {
    const found = ALL.filter(([key, text]) => FORBIDDEN.test(key === MAY_BE_SORRY ? text.replace('Sorry', '') : text));
    assert.deepEqual(found, []);
  });

  test('fit a status line of 110 characters where they tell a problem', () => {
    assert.deepEqual(
      problemTexts.filter(([, text]) => text.length > 110),
      [],
    );
  });

  test('fit a button of 24 characters', () => {
    assert.deepEqual(
      BUTTONS.flatMap(([room, keys]) => longButtons(ENGLISH[room], keys, 24)),
      [],
    );
  });

  for (const [language, words] of Object.entries({ German: GERMAN, Arabic: ARABIC })) {
    test(`fit a button in ${language} with the four tenths more that the boxes have room for`, () => {
      assert.deepEqual(
        BUTTONS.flatMap(([room, keys]) => longButtons(words[room], keys, 34)),
        [],
      );
    });
  }

  test('fit a heading of 45 characters', () => {
    const headings = ALL.filter(([key]) => /heading$/i.test(key));
    assert.ok(headings.length > 20);
    assert.deepEqual(
      headings.filter(([, text]) => text.length > 45),
      [],
    );
  });

  test('can be read at the age of eleven', () => assertEasy(ALL));
});

describe('the words for every problem', () => {
  /** Told by the recipient's page, in its own words. */
  const RECIPIENT =
    /^(link_|code_|mail_|notice_stale$|not_a_person$|window_|withdrawn$|other_mailbox$|purpose_needed$)/;
  /** Told by the form for a link. */
  const SENDER = /^(address_letters|purpose_plain|outside_consent_needed|mails_stopped|address_busy|sender_busy)$/;
  const LOCAL: Record<LocalCode, true> = {
    offline: true,
    broker_down: true,
    broker_unexpected: true,
    store_unreachable: true,
    popup_blocked: true,
    sign_in_cancelled: true,
    sign_in_timeout: true,
    sign_in_mixed: true,
    sign_in_unkept: true,
    old_version: true,
    link_cut: true,
    cancelled: true,
    elsewhere: true,
  };
  /** What the setup panel finds out itself. */
  const FOUND = 'blocked_page';
  const codes = [...Object.keys(PROBLEMS), ...Object.keys(LOCAL), FOUND];

  test('are there for each code that an uploader may meet', () => {
    const missing = codes.filter(
      (code) => !RECIPIENT.test(code) && !SENDER.test(code) && !Object.hasOwn(problemsEn, code),
    );
    assert.deepEqual(missing, []);
  });

  test('are told by the recipient’s page for each code of a link', () => {
    const sources = [
      'src/flow/recipient-problems.ts',
      'src/flow/recipient-answer.ts',
      'src/flow/recipient-code.ts',
      'src/flow/recipient-flow.ts',
      'src/elements/recipient-consent/problem-text.ts',
    ]
      .map((path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
      .join('\n');
    assert.deepEqual(
      codes.filter((code) => RECIPIENT.test(code) && !sources.includes(code)),
      [],
    );
  });

  test('are told by the form for a link for each code of sending one', () => {
    const source = readFileSync(new URL('../../src/elements/send-link/problem-text.ts', import.meta.url), 'utf8');
    assert.deepEqual(
      codes.filter((code) => SENDER.test(code) && !source.includes(code)),
      [],
    );
  });

  test('belong to a code that exists', () => {
    assert.deepEqual(
      Object.keys(problemsEn).filter((code) => !codes.includes(code)),
      [],
    );
  });

  test('never tell a visitor what the owner is told', () => {
    const owners = codes.map((code) => ownerText(code));
    const told = problemTexts.filter(([, text]) => owners.some((owner) => owner.length > 20 && text.includes(owner)));
    assert.deepEqual(told, []);
  });

  test('have one for the owner too, also for codes newer than this script', () => {
    for (const code of Object.keys(PROBLEMS))
      if (isProblemCode(code)) assert.equal(ownerText(code), PROBLEMS[code].owner);
    assert.equal(ownerText('newer', 'Raise the new limit.'), 'Raise the new limit.');
    assert.equal(ownerText('newer'), 'Look for this code in the log of the broker.');
  });
});

/** The keys that stand between <button …> and </button>, as the templates are written, with `words.` or taken out of it. */
function buttonKeys(room: keyof typeof BY_WAY_OF): string[] {
  const folder = new URL(`../../src/elements/${room}/`, import.meta.url);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const buttons = sources.flatMap(
    (source) => source.match(/<button[\s\S]*?<\/button>|<a class="button[\s\S]*?<\/a>/g) ?? [],
  );
  const shown = buttons.map((button) => button.replace(/aria-label=\$\{[^}]*\}/g, ''));
  const named = shown.flatMap((button) =>
    [...button.matchAll(/words\.([a-z]\w*(?:\.[a-z]\w*)?)|\$\{(?!\w*\.?words\.)([a-z]\w*\.[a-z]\w*)/g)].map(
      ([, key, taken]) => key ?? taken ?? '',
    ),
  );
  // A link that says where it leads, and has a line of its own.
  const keys = new Set(
    [...named.filter((key) => key !== 'openOwnPage'), ...BY_WAY_OF[room]].filter((key) =>
      isSentence(wordsAt(ENGLISH[room], key)),
    ),
  );
  assert.ok(keys.size > (BY_WAY_OF[room].length || 2), `${room}: ${keys.size} buttons`);
  return [...keys];
}

function wordsAt(words: object, key: string): unknown {
  return key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], words);
}

function isSentence(words: unknown): boolean {
  return typeof words === 'string' || typeof words === 'function';
}

function longButtons(words: object, keys: readonly string[], most: number): string[] {
  return keys.flatMap((key) =>
    textsOf({ [key]: wordsAt(words, key) }).flatMap(([, text]) => {
      const bare = text.replace(/[\u2066-\u2069]/g, '');
      return [...bare].length > most ? [`${key}: ${bare}`] : [];
    }),
  );
}
