import type { Family, Limits } from '../contract/template.ts';
import { checkPicture } from './check-picture.ts';
import { canonicalType, fitsExtension, isActiveType, isDeclaredFor, whyActive } from './kinds.ts';
import { checkLength, checkName, extensionOf, isActiveName } from './name.ts';
import type { Content } from './sniff.ts';
import { svgDanger } from './svg.ts';
import type { FileFacts, Violation } from './violation.ts';

/**
 * Every rule that this one file breaks, the most telling first; empty where it may be uploaded. The element asks before
 * a byte leaves, the broker asks again with what it is told, and once more with what is stored.
 */
export function checkFile(limits: Limits, facts: FileFacts): readonly Violation[] {
  const { name, size } = facts;
  const { min_file_bytes: least = 0, max_file_bytes: most, max_name_length } = limits;
  const content = contentOf(facts);
  const active = checkActive(facts, content);
  const violations: (Violation | null)[] = [
    size === 0 ? { code: 'file_empty' } : null,
    active,
    // Before the kind: an ending that cannot be read says nothing.
    checkName(name),
    active ? null : checkKind(limits, facts, content),
    size > most ? { code: 'file_large', figures: { limit: most, size } } : null,
    size > 0 && size < least ? { code: 'file_small', figures: { limit: least, size } } : null,
    content ? checkPicture(limits, facts, content.type) : null,
    checkLength(name, max_name_length),
  ];
  return violations.filter((violation) => violation !== null);
}

/** The media type under which an accepted file is stored: as found where the template names that kind, else as declared. */
export function typeOf(limits: Limits, facts: FileFacts): string {
  const content = contentOf(facts);
  const families = familiesOf(limits, facts, content);
  const types = families.flatMap((family) => family.types);
  const found = canonicalType(content?.type ?? '');
  const declared = canonicalType(facts.type);
  // Content cannot tell a table from a letter: there the declaration says more.
  for (const wanted of found === 'text/plain' ? [declared, found] : [found, declared]) {
    const named = types.find((type) => canonicalType(type) === wanted);
    if (named) return named;
  }
  return types[0] ?? 'application/octet-stream';
}

/** What can run is refused whatever a template accepts. */
function checkActive({ name, type }: FileFacts, content: Content | undefined): Violation | null {
  const inside = canonicalType(content?.inside ?? '');
  if (isActiveType(inside)) return { code: 'file_active', figures: { found: inside, why: 'inside' } };
  const types = [canonicalType(type), canonicalType(content?.type ?? '')];
  if (isActiveName(name) || types.some(isActiveType)) {
    const why = [extensionOf(name), ...types].map(whyActive).find((one) => one !== undefined);
    return { code: 'file_active', ...(why && { figures: { why } }) };
  }
  if (content?.type !== 'image/svg+xml' || content.isHearsay) return null;
  const danger = content.text === undefined ? 'unseen' : svgDanger(content.text);
  return danger && { code: 'file_active', figures: { why: danger } };
}

/** Name, declaration and content must all say the same. */
function checkKind(limits: Limits, facts: FileFacts, content: Content | undefined): Violation | null {
  const extension = extensionOf(facts.name);
  const declared = canonicalType(facts.type);
  const found = content && canonicalType(content.type);
  // Words repeat it, so it must be one that people can read.
  const named = /^[\p{L}\p{N}_-]{1,16}$/u.test(extension) ? `.${extension}` : declared;
  const families = familiesOf(limits, facts, content);
  const isHeic = (found || declared || extension).replace(/^image\//, '').startsWith('hei');
  if (isHeic && !lists(limits.accepts, HEIC)) return { code: 'file_heic' };
  if (families.length === 0) return { code: 'file_type', figures: figures(named, found || declared) };
  if (declared && !lists(families, declared) && !isDeclaredFor(extension, declared)) {
    const code = lists(limits.accepts, declared) ? 'file_mismatch' : 'file_type';
    return { code, figures: figures(named, found || declared) };
  }
  if (facts.size === 0 || found === undefined) return null;
  if (content?.inside) return { code: 'file_mismatch', figures: { ...figures(named, content.inside), why: 'inside' } };
  return contentFits(families, extension, found) ? null : { code: 'file_mismatch', figures: figures(named, found) };
}

function contentFits(families: readonly Family[], extension: string, found: string): boolean {
  const known = fitsExtension(extension, found);
  if (known !== null) return known;
  // An ending we know nothing of: its bytes may say nothing, but not something else.
  return found === '' ? extension !== '' : lists(families, found) || (found === 'text/plain' && hasText(families));
}

/** The kinds that the file's ending names; without an ending, those that its declaration or content names. */
function familiesOf(limits: Limits, facts: FileFacts, content: Content | undefined): readonly Family[] {
  const extension = extensionOf(facts.name);
  if (extension) return limits.accepts.filter((family) => family.extensions.includes(extension));
  const type = canonicalType(facts.type) || canonicalType(content?.type ?? '');
  return limits.accepts.filter((family) => lists([family], type));
}

/** undefined while nobody has looked. */
function contentOf({ content, sniffed }: FileFacts): Content | undefined {
  if (content) return content;
  return sniffed === undefined ? undefined : { type: sniffed, isHearsay: true };
}

const lists = (families: readonly Family[], type: string): boolean =>
  families.some((family) => family.types.some((one) => canonicalType(one) === type));

const hasText = (families: readonly Family[]): boolean =>
  families.some((family) => family.types.some((type) => type.startsWith('text/')));

const HEIC = 'image/heic';

const figures = (named: string, found: string) => ({ ...(named && { named }), ...(found && { found }) });
