export type VerifyCode =
  /** Not a receipt, checkpoint or proof of this kind at all. */
  | 'malformed'
  /** Well made, but for another purpose, app, issuer or log. */
  | 'wrong_receipt'
  /** No published key of the issuer made this signature. */
  | 'wrong_signature'
  | 'expired'
  /** The issuer's keys could not be read. */
  | 'keys_unreachable'
  /** What is said to be in the ledger is not under the signed root. */
  | 'not_in_ledger'
  /** Two checkpoints of one log do not belong to one history. */
  | 'fork'
  /** This browser cannot check Ed25519: nothing was found out. */
  | 'no_ed25519';

/** The message is the code: it never repeats what was checked. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
  readonly code: VerifyCode;
  constructor(code: VerifyCode, options?: { cause?: unknown }) {
    super(code, options);
    this.code = code;
  }
}
