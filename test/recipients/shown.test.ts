import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskAddress } from '../../demo/recipients/shown.ts';

const addresses: [string, string][] = [
  ['jo@mail.example.org', 'j•••@m•••.org'],
  ['j@x.io', 'j•••@x•••.io'],
  ['"a@b"@mail.example', '"•••@m•••.example'],
  ['jo@localhost', 'j•••@l•••'],
];
for (const [address, masked] of addresses) {
  test(`${address} is shown as ${masked}`, () => assert.equal(maskAddress(address), masked));
}
