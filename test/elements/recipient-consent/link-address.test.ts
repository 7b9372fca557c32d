import { expect } from '@open-wc/testing';
import { isRecipientPage, tokenIn } from '../../../src/elements/recipient-consent/link-address.ts';

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
  const cases: [string, boolean][] = [
    ['https://broker.example/r', true],
    ['https://broker.example/r/', true],
    [`https://broker.example/r%23${TOKEN}`, true],
    [`https://broker.example/r%2523${TOKEN}`, true],
    ['https://broker.example/register', false],
    ['https://broker.example/u/app', false],
    ['https://elsewhere.example/r', false],
  ];
  for (const [address, isOwn] of cases) {
    it(`${isOwn ? 'is' : 'is not'} ${address.replace(TOKEN, '…')}`, () => {
      expect(isRecipientPage(new URL(address), BROKER)).to.equal(isOwn);
    });
  }
});
