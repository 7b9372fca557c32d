import assert from 'node:assert/strict';
import { MB } from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { type Part, sha256Of } from './upload-rig.ts';

export const PART = 8 * MB;
/** Three parts by the plan: two of 8 MiB and a rest. */
export const large = (text: string, start = PDF) => {
  const content = Buffer.alloc(16 * MB + 1000, ' ');
  content.set(bytes(start, text));
  return content;
};
export const bare = (parts: readonly Part[]) => parts.map(({ number, size, sha256 }) => ({ number, size, sha256 }));
export const at = (parts: readonly Part[], number: number): Part => {
  const part = parts[number - 1];
  assert.ok(part);
  return part;
};
/** A part of the same length with other bytes. */
export const changed = (part: Part): Part => {
  const other = Buffer.from(part.bytes);
  other[0] = (other[0] ?? 0) ^ 1;
  return { ...part, bytes: other, sha256: sha256Of(other) };
};
