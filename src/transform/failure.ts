import type { ProblemCode } from '../contract/problems.ts';

/**
 * A picture that could not be made as it was wished: `file_metadata` (what is in it cannot be taken out safely),
 * `file_dimensions` (it cannot be made smaller), `file_unreadable` (the device does not give its bytes). The message is
 * the code; the evidence is in `cause`.
 */
export class TransformFailure extends Error {
  override readonly name = 'TransformFailure';
  readonly code: ProblemCode & ('file_metadata' | 'file_dimensions' | 'file_unreadable');

  constructor(code: TransformFailure['code'], cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}
