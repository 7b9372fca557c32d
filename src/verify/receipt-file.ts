import * as v from 'valibot';
import { type ConsentReceipt, ReceiptFile } from '../contract/consent-receipt.ts';
import type { LedgerKeys } from '../contract/ledger.ts';
import { readLedgerKeys } from './checkpoint.ts';
import { verifyConsent } from './consent.ts';
import { VerifyError } from './error.ts';
import type { KeySource } from './jws.ts';
import { verifyReceiptInLedger } from './ledger.ts';

/** `absent`: the file carries no proof. `unreachable`: it does, and the ledger's keys could not be read. */
export type LedgerPlace =
  | { readonly is: 'found'; readonly leaf: number; readonly size: number }
  | { readonly is: 'absent' | 'unreachable' };

export interface CheckedReceipt {
  readonly claims: ConsentReceipt;
  readonly file: ReceiptFile;
  readonly ledger: LedgerPlace;
}

export interface ReceiptSource extends KeySource {
  /** Of `{issuer}/v1/ledger-keys`; read from there where neither these nor `keys` are given. */
  readonly ledgerKeys?: LedgerKeys;
}

/**
 * Checks `receipt.json`, or a receipt alone. What the file says of its issuer is not believed: keys come from `source`.
 * Fails with a VerifyError: malformed, wrong_receipt, wrong_signature, keys_unreachable, not_in_ledger, no_ed25519.
 */
export async function verifyReceiptFile(text: string, source: ReceiptSource): Promise<CheckedReceipt> {
  const file = readReceiptFile(text);
  const claims = await verifyConsent(file.receipt, source);
  if (!file.proof) return { claims, file, ledger: { is: 'absent' } };
  const keys = source.ledgerKeys ?? (source.keys ? null : await published(source));
  if (keys === null) return { claims, file, ledger: { is: 'unreachable' } };
  await verifyReceiptInLedger(file.receipt, file.proof, keys);
  return { claims, file, ledger: { is: 'found', leaf: file.proof.leaf, size: file.proof.size } };
}

/** Fails with malformed. */
export function readReceiptFile(text: string): ReceiptFile {
  const plain = text.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(plain)) return { issuer: '', reference: '00000000', receipt: plain };
  try {
    return v.parse(ReceiptFile, JSON.parse(plain));
  } catch (cause) {
    throw new VerifyError('malformed', { cause });
  }
}

async function published({ issuer, fetch = globalThis.fetch }: ReceiptSource): Promise<LedgerKeys | null> {
  try {
    const response = await fetch(`${issuer}/v1/ledger-keys`);
    return response.ok ? readLedgerKeys(await response.text()) : null;
  } catch {
    return null;
  }
}
