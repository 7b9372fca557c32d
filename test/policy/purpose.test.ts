import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isPlainPurpose } from '../../src/policy/index.ts';

const PLAIN = [
  'Your signed rental contract',
  'Rent 2026, part 3.2 of 4',
  'Unterlagen (z. B. Mietvertrag). Bitte lesen!',
  'الغرض: عقدك الموقّع',
  'Fotos vom 12.03.2026 um 14:30',
  'And/or both; yes & no – "50 %" #3',
  '合同。第二页',
];
const NOT_PLAIN = [
  'Log in at https://example.com',
  'hxxp://example',
  'see www.example',
  'example.com has it',
  'EXAMPLE.COM',
  'bücher.example',
  'a．example',
  'a。example',
  'write to jo@example',
  'javascript:alert(1)',
  'mailto:jo',
  'tel:+49123',
  '10.0.0.1 is the place',
  '//example',
  '\\\\server\\share',
  'contract.pdf',
  'one\ntwo',
  'a\u202eb',
  'a\u200bb',
  '\u0000',
  'xn--e1afmkfd.xn--p1ai',
];

describe('what a link is for', () => {
  for (const text of PLAIN) test(`may be: ${text}`, () => assert.equal(isPlainPurpose(text), true));
  for (const text of NOT_PLAIN) {
    test(`may not be: ${JSON.stringify(text)}`, () => assert.equal(isPlainPurpose(text), false));
  }
});
