import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MB } from '../../src/contract/index.ts';
import { checkBatch, checkFile, type FileFacts, typeOf } from '../../src/policy/index.ts';
import { bytes, EXE, JPEG, LIMITS, PDF, PNG, seen, utf8, WEBP, zip } from './files.ts';

const file = (name: string, type: string, head?: Uint8Array, size = head?.length ?? 1000): FileFacts => ({
  name,
  type,
  size,
  ...(head && seen(head, head, size)),
});
const check = (facts: FileFacts) => checkFile(LIMITS, facts);
const HEIC = bytes([0, 0, 0, 0x24], 'ftypheic', [0, 0, 0, 0]);

describe('a file is accepted where name, declaration and content agree', () => {
  const cases: readonly FileFacts[] = [
    file('a.jpg', 'image/jpeg', JPEG),
    file('A.JPG', 'image/jpeg', JPEG),
    file('a.jpeg', 'image/pjpeg', JPEG),
    file('a.jpg', '', JPEG),
    file('a.jpg', 'application/octet-stream', JPEG),
    file('a.webp', 'image/webp', WEBP),
    file('a.png', 'image/png', PNG),
    file('a.pdf', 'application/pdf', PDF),
    file('a.heic', '', HEIC),
    file('a.zip', 'application/x-zip-compressed', zip(['a'])),
    file('a.zip', 'application/zip', zip(['[Content_Types].xml', 'word/document.xml'])),
    file('a.txt', 'text/plain', utf8('hello')),
    file('a.txt', 'text/plain;charset=utf-8', utf8('hello')),
    file('a.csv', 'text/csv', utf8('a,b')),
    file('photo', 'image/jpeg', JPEG),
    file('a.jpg', 'image/jpeg'),
  ];
  for (const facts of cases) {
    test(`${facts.name} as ${facts.type || 'nothing'}${facts.head ? '' : ', not read yet'}`, () => {
      assert.deepEqual(check(facts), []);
    });
  }
});

describe('a file is refused for what it is', () => {
  const cases: readonly (readonly [string, FileFacts, ReturnType<typeof checkFile>])[] = [
    [
      'a PDF that is a ZIP',
      file('a.pdf', 'application/pdf', zip(['a'])),
      [{ code: 'file_mismatch', figures: { named: '.pdf', found: 'application/zip' } }],
    ],
    [
      'a PNG renamed .jpg',
      file('a.jpg', 'image/jpeg', PNG),
      [{ code: 'file_mismatch', figures: { named: '.jpg', found: 'image/png' } }],
    ],
    [
      'a WebP renamed .jpg',
      file('a.jpg', 'image/jpeg', WEBP),
      [{ code: 'file_mismatch', figures: { named: '.jpg', found: 'image/webp' } }],
    ],
    [
      'noise renamed .png',
      file('a.png', 'image/png', new Uint8Array(20)),
      [{ code: 'file_mismatch', figures: { named: '.png' } }],
    ],
    [
      'a text with a NUL',
      file('a.txt', 'text/plain', bytes('a', [0])),
      [{ code: 'file_mismatch', figures: { named: '.txt' } }],
    ],
    [
      'a JPEG declared a PNG',
      file('a.jpg', 'image/png', JPEG),
      [{ code: 'file_mismatch', figures: { named: '.jpg', found: 'image/jpeg' } }],
    ],
    [
      'no ending and other content',
      file('photo', 'image/png', JPEG),
      [{ code: 'file_mismatch', figures: { named: 'image/png', found: 'image/jpeg' } }],
    ],
    [
      'a film',
      file('a.mp4', 'video/mp4', bytes([0, 0, 0, 32], 'ftypisom')),
      [{ code: 'file_type', figures: { named: '.mp4', found: 'video/mp4' } }],
    ],
    [
      'a film not read yet',
      file('a.mp4', 'video/mp4'),
      [{ code: 'file_type', figures: { named: '.mp4', found: 'video/mp4' } }],
    ],
    [
      'an ending nobody knows',
      file('a.xyz', '', JPEG),
      [{ code: 'file_type', figures: { named: '.xyz', found: 'image/jpeg' } }],
    ],
    ['nothing known at all', file('photo', '', new Uint8Array(9)), [{ code: 'file_type', figures: {} }]],
    [
      'a film declared under a photo name',
      file('a.jpg', 'video/mp4'),
      [{ code: 'file_type', figures: { named: '.jpg', found: 'video/mp4' } }],
    ],
    ['a program', file('setup.exe', 'application/x-msdownload', EXE), [{ code: 'file_active' }]],
    ['a program renamed .png', file('setup.png', 'image/png', EXE), [{ code: 'file_active' }]],
    ['a program name with a picture inside', file('a.png.exe', 'image/png', PNG), [{ code: 'file_active' }]],
    ['a program name that Windows would clean', file('a.exe. .', 'image/png', PNG), [{ code: 'file_active' }]],
    ['a program name that is all ending', file('.bat', 'text/plain', utf8('calc')), [{ code: 'file_active' }]],
    [
      'a page name that is all ending',
      file('.html', '', utf8('hello')),
      [{ code: 'file_active', figures: { why: 'page' } }],
    ],
    [
      'an SVG renamed .png',
      file('a.png', 'image/png', utf8('<svg onload="x"/>')),
      [{ code: 'file_active', figures: { why: 'script' } }],
    ],
    [
      'a page renamed .txt',
      file('a.txt', 'text/plain', utf8('<script>x</script>')),
      [{ code: 'file_active', figures: { why: 'page' } }],
    ],
    ['a script in a .txt', file('a.txt', 'text/plain', utf8('#!/bin/sh\n')), [{ code: 'file_active' }]],
    [
      'a type that runs',
      file('a.txt', 'text/html', utf8('hello')),
      [{ code: 'file_active', figures: { why: 'page' } }],
    ],
    ['an empty file', file('a.txt', 'text/plain', new Uint8Array(0)), [{ code: 'file_empty' }]],
    [
      'one byte over the limit',
      file('a.jpg', 'image/jpeg', JPEG, 15 * MB + 1),
      [{ code: 'file_large', figures: { limit: 15 * MB, size: 15 * MB + 1 } }],
    ],
    [
      '21 characters',
      file(`${'a'.repeat(17)}.jpg`, 'image/jpeg', JPEG),
      [{ code: 'file_name', figures: { limit: 20 } }],
    ],
    ['a control character', file('a\u0007.jpg', 'image/jpeg', JPEG), [{ code: 'file_name' }]],
    ['a right-to-left override', file('a\u202egpj.jpg', 'image/jpeg', JPEG), [{ code: 'file_name' }]],
    ['a zero-width space', file('a\u200b.jpg', 'image/jpeg', JPEG), [{ code: 'file_name' }]],
    ['a way up', file('../a.jpg', 'image/jpeg', JPEG), [{ code: 'file_name', figures: { why: 'path' } }]],
    ['a way up on Windows', file('..\\a.jpg', 'image/jpeg', JPEG), [{ code: 'file_name', figures: { why: 'path' } }]],
    ['a way down', file('a/b.jpg', 'image/jpeg', JPEG), [{ code: 'file_name', figures: { why: 'path' } }]],
    ['the folder above', file('..', 'image/jpeg', JPEG), [{ code: 'file_name', figures: { why: 'blank' } }]],
    ['half a character', file('a\ud83d.jpg', 'image/jpeg', JPEG), [{ code: 'file_name' }]],
    [
      'several rules at once',
      file('a\u202e.mp4', '', undefined, 15 * MB + 1),
      [
        { code: 'file_name' },
        { code: 'file_type', figures: { named: '.mp4' } },
        { code: 'file_large', figures: { limit: 15 * MB, size: 15 * MB + 1 } },
      ],
    ],
  ];
  for (const [what, facts, violations] of cases) {
    test(`${what}: ${violations.map(({ code }) => code).join(', ')}`, () => assert.deepEqual(check(facts), violations));
  }

  test('what others say its bytes are counts only while nobody has read them', () => {
    assert.equal(check({ ...file('a.pdf', ''), sniffed: 'application/zip' })[0]?.code, 'file_mismatch');
    assert.deepEqual(check({ ...file('a.pdf', '', PDF), sniffed: 'application/zip' }), []);
    assert.equal(check({ ...file('a.pdf', '', zip(['a'])), sniffed: 'application/pdf' })[0]?.code, 'file_mismatch');
  });
});

describe('limits are exact', () => {
  test('exactly the limit passes', () => {
    assert.deepEqual(check(file('a.jpg', 'image/jpeg', JPEG, 15 * MB)), []);
  });
  test('a name of exactly the limit passes, an emoji being one character', () => {
    assert.deepEqual(check(file(`${'🙂'.repeat(16)}.jpg`, 'image/jpeg', JPEG)), []);
    assert.equal(check(file(`${'🙂'.repeat(17)}.jpg`, 'image/jpeg', JPEG))[0]?.code, 'file_name');
  });
  test('names in Persian, Hebrew and with joined emoji pass', () => {
    for (const name of ['می\u200cخواهم.jpg', 'שלום\u200f.jpg', '👩\u200d🚀.jpg', 'Ünï.jpg']) {
      assert.deepEqual(check(file(name, 'image/jpeg', JPEG)), []);
    }
  });
});

describe('an accepted file is stored under one media type', () => {
  const cases: readonly (readonly [FileFacts, string])[] = [
    [file('a.jpg', '', JPEG), 'image/jpeg'],
    [file('a.jpg', 'image/pjpeg'), 'image/jpeg'],
    [file('a.heic', '', HEIC), 'image/heif'],
    [file('a.csv', 'text/csv', utf8('a,b')), 'text/csv'],
    [file('a.zip', '', zip(['[Content_Types].xml', 'word/a'])), 'application/zip'],
    [{ ...file('a.webp', ''), sniffed: 'image/webp' }, 'image/webp'],
  ];
  for (const [facts, type] of cases) test(`${facts.name} as ${type}`, () => assert.equal(typeOf(LIMITS, facts), type));
});

describe('files are judged together', () => {
  const photo = (name: string, size: number, fingerprint?: string) => ({
    name,
    size,
    type: 'image/jpeg',
    ...(fingerprint !== undefined && { fingerprint }),
  });

  test('exactly the number and the total pass', () => {
    const files = [photo('a.jpg', 15 * MB), photo('b.jpg', 15 * MB), photo('c.jpg', 10 * MB)];
    assert.deepEqual(checkBatch(LIMITS, files), { perFile: [[], [], []], batch: [] });
  });

  test('one file more and one byte more are told apart', () => {
    const many = ['a', 'b', 'c', 'd'].map((name) => photo(`${name}.jpg`, 1));
    assert.deepEqual(checkBatch(LIMITS, many).batch, [{ code: 'too_many', figures: { limit: 3, size: 4 } }]);
    const large = [photo('a.jpg', 15 * MB), photo('b.jpg', 15 * MB), photo('c.jpg', 10 * MB + 1)];
    assert.deepEqual(checkBatch(LIMITS, large).batch, [
      { code: 'total_large', figures: { limit: 40 * MB, size: 40 * MB + 1, rest: 1 } },
    ]);
  });

  test('the same file twice is a duplicate; another with its name and size is not', () => {
    const files = [photo('a.jpg', 9, 'x'), photo('a.jpg', 9, 'x'), photo('a.jpg', 9, 'y')];
    assert.deepEqual(checkBatch(LIMITS, files).perFile, [[], [{ code: 'file_duplicate' }], []]);
  });

  test('refused files do not count', () => {
    const files = [
      photo('a.jpg', 16 * MB),
      photo('b.jpg', 15 * MB),
      photo('c.jpg', 15 * MB),
      photo('d.mp4', 1),
      photo('e.jpg', 1),
    ];
    assert.deepEqual(checkBatch(LIMITS, files).batch, []);
  });
});

describe('the law under fuzz', () => {
  const facts = fc
    .record({
      name: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('a.pdf', 'a.txt', '.', '..', '.png', 'a.', 'a.__proto__', 'constructor'),
      ),
      size: fc.oneof(fc.nat(), fc.constant(15 * MB)),
      type: fc.oneof(fc.string(), fc.constantFrom('', 'image/png', 'text/plain', '__proto__', 'constructor')),
      head: fc.uint8Array({ maxLength: 64 }),
      tail: fc.uint8Array({ maxLength: 64 }),
    })
    .map(({ head, tail, ...facts }) => ({ ...facts, ...seen(head, tail, facts.size) }));

  test('never throws and answers the same twice', () => {
    fc.assert(
      fc.property(facts, (one) => {
        assert.deepEqual(checkFile(LIMITS, one), checkFile(LIMITS, one));
        assert.match(typeOf(LIMITS, one), /^[a-z]+\/[a-z-]+$/);
      }),
      { numRuns: 2000 },
    );
  });

  test('no bytes pass under a name that does not fit them', () => {
    const contents = {
      'a.jpg': JPEG,
      'a.webp': WEBP,
      'a.png': PNG,
      'a.pdf': PDF,
      'a.zip': zip(['a']),
      'a.txt': utf8('a'),
    };
    for (const name of Object.keys(contents)) {
      for (const [right, head] of Object.entries(contents)) {
        assert.equal(check(file(name, '', head)).length === 0, name === right, `${right} as ${name}`);
      }
    }
  });
});
