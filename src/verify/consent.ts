import * as v from 'valibot';
import { CONSENT_RECEIPT_TYP, ConsentReceipt } from '../contract/consent-receipt.ts';
import { VerifyError } from './error.ts';
import { type KeySource, verifyJws } from './jws.ts';

/**
 * Checks what a recipient was given when they accepted, declined or withdrew, and that the notice in it is the one whose
 * hash was answered. It does not expire. Fails with a VerifyError: malformed, wrong_receipt, wrong_signature,
 * keys_unreachable.
 */
export async function verifyConsent(receipt: string, options: KeySource): Promise<ConsentReceipt> {
  const parsed = v.safeParse(ConsentReceipt, await verifyJws(receipt, CONSENT_RECEIPT_TYP, options));
  if (!parsed.success) throw new VerifyError('malformed');
  const claims = parsed.output;
  if (claims.iss !== options.issuer) throw new VerifyError('wrong_receipt');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(claims.privacy_notice));
  const sum = btoa(String.fromCharCode(...new Uint8Array(digest)));
  if (sum !== claims.privacy_notice_sha256) throw new VerifyError('malformed');
  return claims;
}
