import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { canonical } from '../../src/contract/index.ts';

test('canonical JSON orders members by UTF-16 code units and has no white space (RFC 8785 section 3.2.3)', () => {
  const value = {
    '\u20ac': 'Euro',
    '\r': 'CR',
    '\ufb33': 'Dalet',
    '1': 'One',
    '\ud83d\ude00': 'Smiley',
    '\u0080': 'Control',
    '\u00f6': 'O',
  };
  assert.deepEqual(
    canonical(value),
    '{"\\r":"CR","1":"One","\u0080":"Control","\u00f6":"O","\u20ac":"Euro","\ud83d\ude00":"Smiley","\ufb33":"Dalet"}',
  );
  assert.equal(
    canonical({ b: [1, { d: null, c: true }], a: 'x', gone: undefined }),
    '{"a":"x","b":[1,{"c":true,"d":null}]}',
  );
});

test('canonical JSON reads back as the same value, whatever order the members had', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const json = canonical(value);
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
      assert.equal(canonical(Object.fromEntries(Object.entries(value).reverse())), json);
    }),
    { numRuns: 200 },
  );
});
