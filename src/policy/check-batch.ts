import type { Limits } from '../contract/template.ts';
import { checkFile } from './check-file.ts';
import type { BatchFile, Violation } from './violation.ts';

export interface BatchCheck {
  /** One list per file, in the same order. */
  readonly perFile: readonly (readonly Violation[])[];
  /** Rules that the files break together. Files that are refused for themselves do not count. */
  readonly batch: readonly Violation[];
}

export function checkBatch(limits: Limits, files: readonly BatchFile[]): BatchCheck {
  const seen = new Set<string>();
  const perFile = files.map((file) => {
    const identity = JSON.stringify([file.name, file.size, file.fingerprint ?? '']);
    if (seen.has(identity)) return [{ code: 'file_duplicate' } as const];
    seen.add(identity);
    return checkFile(limits, file);
  });
  const accepted = files.filter((_, i) => perFile[i]?.length === 0);
  const total = accepted.reduce((sum, { size }) => sum + size, 0);
  return { perFile, batch: checkTotals(limits, { files: accepted.length, bytes: total }) };
}

/** The rules for a batch as a whole, from its figures alone. `room`: bytes that the person has left, where known. */
export function checkTotals(
  limits: Limits,
  totals: { files: number; bytes: number },
  room = Number.POSITIVE_INFINITY,
): readonly Violation[] {
  const { max_files, max_total_bytes } = limits;
  const violations: Violation[] = [];
  if (totals.files > max_files) {
    violations.push({ code: 'too_many', figures: { limit: max_files, size: totals.files } });
  }
  if (totals.bytes > max_total_bytes) {
    const figures = { limit: max_total_bytes, size: totals.bytes, rest: totals.bytes - max_total_bytes };
    violations.push({ code: 'total_large', figures });
  }
  if (totals.bytes > room) {
    violations.push({ code: 'person_full', figures: { size: totals.bytes, rest: room } });
  }
  return violations;
}
