import { expect } from '@open-wc/testing';
import { type ReceiptKey, VerifyError, verifyReceiptFile } from '../../src/verify/index.ts';
import kept from './kept-receipt.json';

/** The page's own script: a text that no bundler has touched. */
const { placeOf } = (await import(
  /* @vite-ignore */ new URL('/demo/broker/pages/verify-place.js', location.href).href
)) as {
  placeOf: (receipt: string, proof: unknown, ledger: unknown) => Promise<{ is: string; leaf?: number; size?: number }>;
};

/** A receipt that a broker once gave out, with the keys that it published then: it must be good for ever. */
const { file, receipt_keys, ledger_keys } = kept;
type File = typeof file;
const { leaf, size } = file.proof;

const source = {
  issuer: file.issuer,
  keys: receipt_keys.keys as ReceiptKey[],
  ledgerKeys: ledger_keys as never,
};
const turned = (base64: string) => (base64.startsWith('A') ? 'B' : 'A') + base64.slice(1);
const bent = (change: (copy: File) => void): File => {
  const copy = structuredClone(file);
  change(copy);
  return copy;
};

const TAMPERED: readonly (readonly [what: string, file: File])[] = [
  ['the key of its leaf', bent(({ proof }) => Object.assign(proof, { key: turned(proof.key) }))],
  ['a step of the path', bent(({ proof }) => proof.path.splice(1, 1, turned(proof.path[1] ?? '')))],
  ['the length of the path', bent(({ proof }) => proof.path.pop())],
  ['its number', bent(({ proof }) => Object.assign(proof, { leaf: proof.leaf - 1 }))],
  ['the size', bent(({ proof }) => Object.assign(proof, { size: proof.size + 1 }))],
  ['the time of the record', bent(({ proof }) => Object.assign(proof.record, { at: '2026-03-02T09:00:01.000Z' }))],
  [
    'the signed root',
    bent(({ proof }) => {
      const [origin, count, root = '', ...rest] = proof.checkpoint.split('\n');
      proof.checkpoint = [origin, count, turned(root), ...rest].join('\n');
    }),
  ],
  [
    'the signature',
    bent(({ proof }) => {
      proof.checkpoint = proof.checkpoint.replace(
        /.(.{8})\n$/,
        (all, end: string) => `${all[0] === 'A' ? 'B' : 'A'}${end}\n`,
      );
    }),
  ],
];

describe('the place of a receipt in the log, in this browser', () => {
  it('is found by the library and by the page, with Ed25519 of the browser', async () => {
    const { ledger } = await verifyReceiptFile(JSON.stringify(file), source);
    expect(ledger).to.deep.equal({ is: 'found', leaf, size });
    expect(await placeOf(file.receipt, file.proof, ledger_keys)).to.deep.equal({ is: 'found', leaf, size });
  });

  for (const [what, changed] of TAMPERED) {
    it(`is found by neither where ${what} was changed`, async () => {
      const code = await verifyReceiptFile(JSON.stringify(changed), source).then(
        ({ ledger }) => ledger.is,
        (error: unknown) => (error instanceof VerifyError ? error.code : String(error)),
      );
      expect(code).to.be.oneOf(['not_in_ledger', 'wrong_signature']);
      expect(await placeOf(changed.receipt, changed.proof, ledger_keys)).to.deep.equal({ is: 'wrong' });
    });
  }

  it('is not that of another receipt, nor in the log of another, nor signed by a key that nobody published', async () => {
    const wrong = { is: 'wrong' };
    expect(await placeOf(`${file.receipt}A`, file.proof, ledger_keys)).to.deep.equal(wrong);
    const elsewhere = { ...ledger_keys, origin: 'other.example/v1/ledger' };
    expect(await placeOf(file.receipt, file.proof, elsewhere)).to.deep.equal(wrong);
    expect(await placeOf(file.receipt, file.proof, { ...ledger_keys, keys: [] })).to.deep.equal(wrong);
    const rfc8032 = { x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    expect(await placeOf(file.receipt, file.proof, { ...ledger_keys, keys: [rfc8032] })).to.deep.equal(wrong);
    for (const none of [null, {}, 7, { record: null }, { ...file.proof, path: 'x' }]) {
      expect(await placeOf(file.receipt, none, ledger_keys)).to.deep.equal(wrong);
    }
  });

  it('is not found out where a browser knows no Ed25519, and that is told apart', async () => {
    const { importKey } = crypto.subtle;
    const old = function (this: SubtleCrypto, ...args: unknown[]) {
      if (args[2] === 'Ed25519') return Promise.reject(new DOMException('no', 'NotSupportedError'));
      return Reflect.apply(importKey, crypto.subtle, args);
    };
    Object.defineProperty(crypto.subtle, 'importKey', { value: old, configurable: true });
    try {
      expect(await placeOf(file.receipt, file.proof, ledger_keys)).to.deep.equal({ is: 'unable' });
      const told = await verifyReceiptFile(JSON.stringify(file), source).catch((error: VerifyError) => error.code);
      expect(told).to.equal('no_ed25519');
    } finally {
      Reflect.deleteProperty(crypto.subtle, 'importKey');
    }
  });
});
