import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { codeDigits } from '../../src/flow/recipient-code.ts';

/** The zeros of Arabic, Persian, Devanagari, Bengali, full-width and mathematical digits. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10, 0x1d7ce, 0x1d7d8];
const NOISE = [' ', '\u00a0', '\u2009', '-', '\u2013', '\u2014', '\u200f', '\u2066', '.', '\n', '\t'];

describe('codeDigits', () => {
  test('finds the eight digits in any script and between any spaces and dashes', () => {
    const digit = fc.record({
      value: fc.integer({ min: 0, max: 9 }),
      zero: fc.constantFrom(...ZEROS),
      noise: fc.array(fc.constantFrom(...NOISE), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(digit, { minLength: 8, maxLength: 8 }), (digits) => {
        const text = digits
          .map(({ value, zero, noise }) => noise.join('') + String.fromCodePoint(zero + value))
          .join('');
        assert.equal(codeDigits(text), digits.map(({ value }) => value).join(''));
      }),
    );
  });

  test('answers ASCII digits and nothing else, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.match(codeDigits(text), /^[0-9]*$/)));
  });

  test('takes the code out of the sentence it was copied with', () => {
    assert.equal(codeDigits('Your code is 4821 0736'), '48210736');
  });
});
