import type { Family, Limits } from '../contract/template.ts';
import { canonicalType, fitsExtension, isActiveExtension, isActiveType } from './kinds.ts';
import { checkName, extensionOf } from './name.ts';
import { sniff } from './sniff.ts';
import type { FileFacts, Violation } from './violation.ts';

/**
 * Every rule that this one file breaks, the most telling first; empty where it may be uploaded. The element asks before
 * a byte leaves, the broker asks again with what it is told, and once more with what is stored.
 */
export function checkFile(limits: Limits, facts: FileFacts): readonly Violation[] {
  const violations: (Violation | null)[] = [
    facts.size === 0 ? { code: 'file_empty' } : null,
    checkKind(limits, facts),
    facts.size > limits.max_file_bytes
      ? { code: 'file_large', figures: { limit: limits.max_file_bytes, size: facts.size } }
      : null,
    checkName(facts.name, limits.max_name_length),
  ];
  return violations.filter((violation) => violation !== null);
}

/** The media type under which an accepted file is stored: as found where the template names that kind, else as declared. */
export function typeOf(limits: Limits, facts: FileFacts): string {
  const families = familiesOf(limits, facts);
  const types = families.flatMap((family) => family.types);
  const found = findType(facts) ?? '';
  const declared = canonicalType(facts.type);
  // Content cannot tell a table from a letter: there the declaration says more.
  for (const wanted of found === 'text/plain' ? [declared, found] : [found, declared]) {
    const named = types.find((type) => canonicalType(type) === wanted);
    if (named) return named;
  }
  return types[0] ?? 'application/octet-stream';
}

/** Name, declaration and content must all say the same. */
function checkKind(limits: Limits, facts: FileFacts): Violation | null {
  const extension = extensionOf(facts.name);
  const declared = canonicalType(facts.type);
  const found = findType(facts);
  if (isActiveExtension(extension) || isActiveType(declared) || isActiveType(found ?? '')) {
    return { code: 'file_active' };
  }
  // Words repeat it, so it must be one that people can read.
  const named = /^[\p{L}\p{N}_-]{1,16}$/u.test(extension) ? `.${extension}` : declared;
  const families = familiesOf(limits, facts);
  if (families.length === 0) return { code: 'file_type', figures: figures(named, found || declared) };
  if (declared && !lists(families, declared)) {
    const code = lists(limits.accepts, declared) ? 'file_mismatch' : 'file_type';
    return { code, figures: figures(named, found || declared) };
  }
  if (facts.size === 0 || found === undefined) return null;
  return contentFits(families, extension, found) ? null : { code: 'file_mismatch', figures: figures(named, found) };
}

function contentFits(families: readonly Family[], extension: string, found: string): boolean {
  const known = fitsExtension(extension, found);
  if (known !== null) return known;
  // An ending we know nothing of: its bytes may say nothing, but not something else.
  return found === '' ? extension !== '' : lists(families, found) || (found === 'text/plain' && hasText(families));
}

/** The kinds that the file's ending names; without an ending, those that its declaration or content names. */
function familiesOf(limits: Limits, facts: FileFacts): readonly Family[] {
  const extension = extensionOf(facts.name);
  if (extension) return limits.accepts.filter((family) => family.extensions.includes(extension));
  const type = canonicalType(facts.type) || findType(facts) || '';
  return limits.accepts.filter((family) => lists([family], type));
}

/** undefined while nobody has looked; '' where the bytes say nothing. */
function findType({ head, tail, sniffed }: FileFacts): string | undefined {
  if (head) return canonicalType(sniff(head, tail));
  return sniffed === undefined ? undefined : canonicalType(sniffed);
}

const lists = (families: readonly Family[], type: string): boolean =>
  families.some((family) => family.types.some((one) => canonicalType(one) === type));

const hasText = (families: readonly Family[]): boolean =>
  families.some((family) => family.types.some((type) => type.startsWith('text/')));

const figures = (named: string, found: string) => ({ ...(named && { named }), ...(found && { found }) });
