import * as v from 'valibot';
import { UPLOAD_RECEIPT_TYP, UploadReceipt } from '../contract/receipts.ts';
import { VerifyError } from './error.ts';
import { type KeySource, verifyJws } from './jws.ts';

export { type OpenedCheckpoint, openCheckpoint, readLedgerKeys } from './checkpoint.ts';
export { verifyConsent } from './consent.ts';
export { type VerifyCode, VerifyError } from './error.ts';
export type { KeySource, ReceiptKey } from './jws.ts';
export { verifyGrowth, verifyInclusion, verifyReceiptInLedger, verifyRecord } from './ledger.ts';
export { checkLedger, type LedgerFinding, type LedgerVerdict } from './ledger-export.ts';
export {
  type CheckedReceipt,
  type LedgerPlace,
  type ReceiptSource,
  readReceiptFile,
  verifyReceiptFile,
} from './receipt-file.ts';

/**
 * For the builder's backend: checks a receipt that came with a form (`<name>-receipt`). What it answers is proof:
 * this person at this app stored exactly these bytes. `context` in it is a label, never authority.
 *
 * Fails with a VerifyError: malformed, wrong_receipt (another app or issuer), wrong_signature, expired, keys_unreachable.
 */
export async function verifyUpload(
  receipt: string,
  options: KeySource & { readonly app?: string /** ms since epoch */; readonly now?: () => number },
): Promise<UploadReceipt> {
  const claims = read(UploadReceipt, await verifyJws(receipt, UPLOAD_RECEIPT_TYP, options));
  if (claims.iss !== options.issuer) throw new VerifyError('wrong_receipt');
  if (options.app !== undefined && claims.app !== options.app) throw new VerifyError('wrong_receipt');
  if (claims.exp * 1000 <= (options.now ?? Date.now)()) throw new VerifyError('expired');
  return claims;
}

function read<Schema extends v.GenericSchema>(schema: Schema, claims: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, claims);
  if (!parsed.success) throw new VerifyError('malformed');
  return parsed.output;
}
