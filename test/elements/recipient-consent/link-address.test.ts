import { expect } from '@open-wc/testing';
import { recipientPath, tokenIn } from '../../../src/elements/recipient-consent/link-address.ts';

const TOKEN = `${'aB3'.repeat(14)}x`;
const BROKER = new URL('https://broker.example');

describe('the token in an address', () => {
  const whole = [
    `https://broker.example/r#${TOKEN}`,
    `https://broker.example/r#${TOKEN}.`,
    `https://broker.example/r#${TOKEN}>`,
    `https://broker.example/r#${TOKEN}%3E`,
    `https://broker.example/r#${TOKEN}&utm_source=mail`,
    `https://broker.example/r%23${TOKEN}`,
    `https://broker.example/r%23${TOKEN}.`,
    `https://broker.example/r%2523${TOKEN}`,
    `https://broker.example/r%252523${TOKEN}%253E`,
    `https://broker.example/r#%23${TOKEN}`,
    `  https://broker.example/r#${TOKEN}\n`,
    `<https://broker.example/r#${TOKEN}>`,
  ];
  for (const address of whole) {
    it(`is found in ${JSON.stringify(address.replace(TOKEN, '…'))}`, () => {
      expect(tokenIn(address)).to.equal(TOKEN);
    });
  }

  const cut = [
    'https://broker.example/r',
    'https://broker.example/r#',
    `https://broker.example/r#${TOKEN.slice(1)}`,
    `https://broker.example/r#${TOKEN}4`,
    `https://broker.example/r?${TOKEN}`,
    TOKEN,
    'https://broker.example/r#/inbox/3',
    'https://broker.example/r%',
    '',
  ];
  for (const address of cut) {
    it(`is missing in ${JSON.stringify(address.replace(TOKEN, '…'))}`, () => {
      expect(tokenIn(address)).to.equal(null);
    });
  }
});

describe("the broker's own page", () => {
  const cases: [string, '/r' | '/w' | null][] = [
    ['https://broker.example/r', '/r'],
    ['https://broker.example/r/', '/r'],
    [`https://broker.example/r%23${TOKEN}`, '/r'],
    [`https://broker.example/r%2523${TOKEN}`, '/r'],
    ['https://broker.example/w', '/w'],
    [`https://broker.example/w%23${TOKEN}`, '/w'],
    ['https://broker.example/register', null],
    ['https://broker.example/ways', null],
    ['https://broker.example/u/app', null],
    ['https://elsewhere.example/r', null],
  ];
  for (const [address, page] of cases) {
    it(`${page === null ? 'is not' : `is ${page} at`} ${address.replace(TOKEN, '…')}`, () => {
      expect(recipientPath(new URL(address), BROKER)).to.equal(page);
    });
  }
});
