import { type Lengths, MAX_BODY_BYTES } from './body-check.ts';
import type { Fields } from './read-form.ts';
import { S3Error } from './s3-error.ts';
import { isRecord } from './xml.ts';

interface Condition {
  readonly kind: 'eq' | 'starts-with';
  /** Lower-case name of a field, or `bucket`. */
  readonly field: string;
  readonly value: string;
}

/** What a form may hold, signed by its policy. */
export interface PostPolicy {
  /** ms since epoch */
  readonly expires: number;
  readonly conditions: readonly Condition[];
  readonly lengths: Lengths;
}

const ANY_LENGTH: Lengths = { least: 0, most: MAX_BODY_BYTES };

/** Fields that no condition has to name: the policy cannot hold itself. */
const isFree = (field: string) => field === 'policy' || field === 'x-amz-signature' || field.startsWith('x-ignore-');

/** Fails with InvalidPolicyDocument. */
export function parsePolicy(base64: string): PostPolicy {
  const found = readJson(Buffer.from(base64, 'base64').toString());
  if (!isRecord(found)) throw invalid('is no JSON object in base64');
  const { expiration, conditions } = found;
  const expires = typeof expiration === 'string' && isIsoTime(expiration) ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(expires)) throw invalid('has no expiration like 2026-11-21T12:00:00.000Z');
  if (!Array.isArray(conditions)) throw invalid('has no list of conditions');
  const all: unknown[] = conditions;
  const ranges = all.filter((one) => Array.isArray(one) && one[0] === 'content-length-range').map(readRange);
  if (ranges.length > 1) throw invalid('has two content-length-range');
  return {
    expires,
    conditions: all.filter((one) => !(Array.isArray(one) && one[0] === 'content-length-range')).flatMap(readCondition),
    lengths: ranges[0] ?? ANY_LENGTH,
  };
}

/** Fails with AccessDenied where the policy has ended, or does not allow exactly this form. */
export function holdTo(policy: PostPolicy, bucket: string, fields: Fields, now: number): void {
  if (now >= policy.expires) throw denied('it has expired');
  const values = new Map([...fields, ['bucket', bucket]]);
  for (const { kind, field, value } of policy.conditions) {
    const given = values.get(field);
    const isMet = kind === 'eq' ? given === value : given?.startsWith(value);
    if (!isMet) throw denied('a condition is not met');
  }
  const named = new Set(policy.conditions.map(({ field }) => field));
  for (const field of values.keys()) {
    if (!isFree(field) && !named.has(field)) throw denied('it does not name a field that is there');
  }
}

/** `{"field": "value"}` (of several fields, too) or `["eq" | "starts-with", "$field", "value"]`. */
function readCondition(found: unknown): Condition[] {
  if (Array.isArray(found)) {
    const [kind, field, value]: unknown[] = found;
    const isWhole =
      found.length === 3 &&
      typeof kind === 'string' &&
      typeof field === 'string' &&
      typeof value === 'string' &&
      field.startsWith('$');
    if (!isWhole) throw invalid('has a condition that is no [kind, "$field", "value"]');
    const known = kind.toLowerCase();
    if (known !== 'eq' && known !== 'starts-with') throw invalid('has a condition of an unknown kind');
    return [{ kind: known, field: field.slice(1).toLowerCase(), value }];
  }
  if (!isRecord(found)) throw invalid('has a condition that is neither a list nor an object');
  return Object.entries(found).map(([field, value]) => {
    if (typeof value !== 'string') throw invalid('has a condition whose value is no text');
    return { kind: 'eq', field: field.toLowerCase(), value };
  });
}

function readRange(found: unknown): Lengths {
  const [, least, most]: unknown[] = Array.isArray(found) ? found.map(toNumber) : [];
  const isRange =
    Number.isSafeInteger(least) && Number.isSafeInteger(most) && Array.isArray(found) && found.length === 3;
  if (!isRange || typeof least !== 'number' || typeof most !== 'number' || least < 0 || least > most)
    throw invalid('has a content-length-range that is none');
  return { least, most: Math.min(most, MAX_BODY_BYTES) };
}

/** Some clients write numbers as text. */
const toNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;

const isIsoTime = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const invalid = (what: string) => new S3Error('InvalidPolicyDocument', `The policy ${what}.`);
const denied = (why: string) => new S3Error('AccessDenied', `The policy does not allow this form: ${why}.`);
