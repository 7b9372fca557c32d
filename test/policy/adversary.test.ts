import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { checkFile, EDGE_BYTES } from '../../src/policy/index.ts';
import { gif, join, jpeg, PDF, png, TABLE_LIMITS, webp } from './cases/bytes.ts';
import { CONFUSING } from './cases/confusing-files.ts';
import { seen } from './files.ts';

const LIMITS = { ...TABLE_LIMITS, max_pixels: 1000, max_edge: 100, min_edge: 10 };
/** Milliseconds that a look at 128 KiB may take on a machine that is busy with other things. */
const BOUND = 500;

/** Starts that lead the law down each of its ways, then what makes a careless pattern slow. */
const STARTS = [
  jpeg(),
  png(),
  gif(),
  webp(),
  PDF,
  '',
  '<',
  '<svg ',
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"',
  '\xff\xfe<\0s\0v\0g\0',
  'GIF89a/*',
  'PK\x03\x04',
  '\0\0\0\x20ftypmif1',
];
const PIECES = [
  ' ',
  '<',
  '<!--',
  '<?',
  '<a:',
  '<svg',
  '<script',
  'on',
  ' on',
  ' onload ',
  'href',
  'href=',
  'href = "',
  'url(',
  'url( ',
  '<!doctype ',
  '<!DOCTYPE svg',
  '<!DOCTYPE svg "',
  'values=',
  'a:',
  '/*',
  '*/',
  '*/a',
  'PK\x03\x04',
  'PK\x01\x02',
  'PK\x05\x06',
  'PK',
  'ispe',
  'ispe\0',
  '\xff',
  '\xff\xe1\0\x02',
  '\xff\xff\xe1',
  'Rar!',
  '7z',
  '%PDF',
  '\n',
  '\xc3\xa4',
  '\xe9',
  '\x1b',
];

describe('a file made to be slow', () => {
  for (const start of STARTS) {
    test(`is judged within ${BOUND} ms: ${JSON.stringify(typeof start === 'string' ? start : String.fromCharCode(...start.subarray(0, 8)))}`, () => {
      for (const piece of PIECES) {
        const head = join(start, piece.repeat(Math.ceil(EDGE_BYTES / piece.length))).subarray(0, EDGE_BYTES);
        for (const name of ['a.jpg', 'a.svg', 'a.txt']) {
          const began = performance.now();
          checkFile(LIMITS, { name, type: '', size: 2 * EDGE_BYTES, ...seen(head, head.slice(), 2 * EDGE_BYTES) });
          checkFile(LIMITS, { name, type: '', size: EDGE_BYTES, ...seen(head) });
          const took = performance.now() - began;
          assert.ok(took < 2 * BOUND, `${JSON.stringify(piece)} as ${name}: ${took} ms`);
        }
      }
    });
  }

  test('is no name of 1024 characters either', () => {
    for (const piece of [
      '.',
      ' ',
      '. ',
      'a.',
      '\u200d',
      'a\u200d',
      '\ufe0f',
      ':',
      '.php;',
      '%00',
      '🏴',
      '\u{e0067}',
      'con ',
      'а',
      '\\',
    ]) {
      const name = piece.repeat(Math.ceil(1024 / piece.length));
      const began = performance.now();
      for (const whole of [name, `${name}.jpg`, `a.php;${name}`]) checkFile(LIMITS, { name: whole, type: '', size: 1 });
      assert.ok(performance.now() - began < BOUND, JSON.stringify(piece));
    }
  });
});

describe('the law under fuzz', () => {
  const bytes = fc.constantFrom(...CONFUSING.map((file) => file.bytes));
  const noise = fc.uint8Array({ maxLength: 300 });

  test('never throws and answers the same twice, whatever is cut, mixed and appended', () => {
    fc.assert(
      fc.property(
        bytes,
        bytes,
        fc.nat(200),
        noise,
        fc.constantFrom('a.jpg', 'a.svg', 'a.zip', 'a.txt', 'a'),
        (one, other, cut, middle, name) => {
          const head = join(one.slice(0, cut), new Uint8Array(middle), other.slice(0, 1000));
          const judge = (bytes: Uint8Array) =>
            checkFile(LIMITS, { name, type: '', size: bytes.length, ...seen(bytes) });
          assert.deepEqual(judge(head), judge(head.slice()));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('a script or a page never passes as a picture, wherever it stands in it', () => {
    const pictures = [jpeg(), png(), gif(), webp()] as const;
    const names = ['a.jpg', 'a.png', 'a.gif', 'a.webp'] as const;
    const words = fc.constantFrom(
      '<script>',
      '<SCRIPT src=x>',
      '<svg/onload=x>',
      '<html>',
      '<!DOCTYPE html>',
      '<?php ',
      '<iframe src=x>',
    );
    fc.assert(
      fc.property(fc.nat(3), words, noise, noise, (which, word, before, after) => {
        const head = join(pictures[which] ?? [], new Uint8Array(before), word, new Uint8Array(after));
        const name = names[which] ?? '';
        const [first] = checkFile(TABLE_LIMITS, { name, type: '', size: head.length, ...seen(head) });
        assert.deepEqual(first, { code: 'file_active', figures: { found: 'text/html', why: 'inside' } });
      }),
    );
  });
});
