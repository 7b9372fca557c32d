import { SignJWT } from 'jose';
import type { ConsentReceipt, UploadReceipt } from '../../src/contract/index.ts';
import type { Deps } from '../context/deps.ts';

/** A receipt that others can check by the keys of `/v1/receipt-keys`. `typ` tells what it speaks of (RFC 8725 section 3.11). */
export function signReceipt(deps: Deps, typ: string, claims: UploadReceipt | ConsentReceipt): Promise<string> {
  const { kid, privateKey } = deps.keys.receipt.current;
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', typ, kid }).sign(privateKey);
}
