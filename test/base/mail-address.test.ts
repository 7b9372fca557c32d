import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readMailAddress, readMailDomain } from '../../demo/base/mail-address.ts';

describe('a mail address', () => {
  for (const [text, address] of [
    ['Jo.Meyer@Acme.Example', 'jo.meyer@acme.example'],
    ['jo+files@acme.example', 'jo+files@acme.example'],
    ['jo@BÜCHER.example', 'jo@xn--bcher-kva.example'],
    ['jo@XN--BCHER-KVA.example', 'jo@xn--bcher-kva.example'],
    ['jo@acme。example', 'jo@acme.example'], // UTS 46 takes the ideographic full stop for a dot.
    ['STRAẞE@acme.example', 'straẞe@acme.example'],
    ['u\u0308@acme.example', '\u00fc@acme.example'],
  ] as const) {
    test(`${text} is ${address}`, () => assert.equal(readMailAddress(text)?.address, address));
  }

  test('tells apart what only some programs take for the same', () => {
    const all = ['straße@acme.example', 'strasse@acme.example', 'ınes@acme.example', 'ines@acme.example'];
    assert.equal(new Set(all.map((text) => readMailAddress(text)?.address)).size, all.length);
    // A wide letter is compatible with a narrow one (NFKC), and another letter all the same.
    assert.notEqual(readMailAddress('\uff4bim@acme.example')?.address, 'kim@acme.example');
  });

  for (const text of [
    '',
    '@',
    'jo',
    '@acme.example',
    'jo@',
    'jo@acme',
    'jo@acme.example.',
    'jo@.acme.example',
    'jo@-acme.example',
    'jo@acme..example',
    'jo@*.example',
    'jo@[127.0.0.1]',
    'jo@acme.example:25',
    'jo@acme.example/path',
    'jo@evil.example#@acme.example',
    'jo@evil.example@acme.example',
    'jo <jo@acme.example>',
    '"jo x"@acme.example',
    'jo@acme.example, sam@acme.example',
    'jo\r\nBcc: sam@acme.example',
    'jo\u0000@acme.example',
    'jo\u202e@acme.example',
    'jo\u200b@acme.example',
    `${'j'.repeat(242)}@acme.example`,
    `jo@${'a'.repeat(64)}.example`,
  ]) {
    test(`${JSON.stringify(text).slice(0, 50)} is none`, () => assert.equal(readMailAddress(text), null));
  }

  test('is the same read twice, has one @ and a domain that is a name, whatever was typed', () => {
    const part = fc.string({ unit: 'binary', maxLength: 40 });
    const typed = fc.oneof(
      part,
      fc.tuple(part, part).map(([a, b]) => `${a}@${b}`),
      fc.emailAddress(),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const read = readMailAddress(text);
        if (read === null) return;
        assert.deepEqual(readMailAddress(read.address), read);
        assert.equal(read.address.split('@').length, 2);
        assert.equal(readMailDomain(read.domain), read.domain);
        assert.ok(read.address.length <= 254);
      }),
      { numRuns: 2000 },
    );
  });
});
