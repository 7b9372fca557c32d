import { createHash, randomBytes } from 'node:crypto';
import { partBytesFor } from '../../../src/contract/index.ts';

/** A PDF as far as its first and last bytes go. */
export function pdf(size: number): Buffer {
  const [head, tail] = [Buffer.from('%PDF-1.7\n'), Buffer.from('\n%%EOF\n')];
  return Buffer.concat([head, randomBytes(size - head.length - tail.length), tail]);
}

/** SHA-256 of the parts' SHA-256, as S3 has it. */
export function composite(bytes: Buffer): string {
  const all = createHash('sha256');
  const part = partBytesFor(bytes.length);
  for (let at = 0; at < bytes.length; at += part) {
    all.update(
      createHash('sha256')
        .update(bytes.subarray(at, at + part))
        .digest(),
    );
  }
  return all.digest('base64');
}
