import { Problem } from '../base/problem.ts';
import {
  type Answer,
  type Bench,
  type Check,
  isRefusal,
  otherBytes,
  reason,
  type Sample,
  said,
} from './doctor-bench.ts';
import type { Bucket } from './storage.ts';

/** What a page may send in place of the form that it was granted. */
interface Bent {
  readonly what: string;
  readonly body?: (body: Uint8Array) => Uint8Array;
  /** Of the fields; undefined leaves one out. */
  readonly changes?: (own: Sample, other: Sample) => Readonly<Record<string, string | undefined>>;
  /** Seconds that have gone by since it was signed. */
  readonly age?: number;
}

const same = (body: Uint8Array): Uint8Array => body;

const BENT: readonly Bent[] = [
  { what: 'Other bytes', body: otherBytes },
  {
    what: 'Other bytes without the checksum',
    body: otherBytes,
    changes: () => ({ 'x-amz-checksum-sha256': undefined }),
  },
  {
    what: 'Other bytes with their own checksum',
    body: otherBytes,
    changes: (_own, other) => ({ 'x-amz-checksum-sha256': other.object.sha256 }),
  },
  { what: 'One byte more', body: (body) => Buffer.concat([body, Buffer.from('+')]) },
  { what: 'One byte less', body: (body) => body.subarray(1) },
  { what: 'Another type', changes: () => ({ 'content-type': 'text/html' }) },
  { what: 'Another key', changes: (_own, other) => ({ key: other.object.key }) },
  { what: 'A form that may overwrite', changes: () => ({ 'if-none-match': undefined }) },
  { what: 'A form that opens the file to everybody', changes: () => ({ acl: 'public-read' }) },
  { what: 'A form without a policy', changes: () => ({ policy: undefined, 'x-amz-signature': undefined }) },
  { what: 'A form with another signature', changes: () => ({ 'x-amz-signature': '0'.repeat(64) }) },
  { what: 'A form one minute past its life', age: 120 },
];

/**
 * Looks whether the store holds a form to its policy as it holds a PUT to its signature. No promise of the bucket: where
 * one try passes, small files travel by PUT too, and only take a preflight more.
 */
export async function examineForms(
  bench: Bench,
  bucket: Bucket,
  origins: readonly string[],
): Promise<{ check: Check; takesForms: boolean }> {
  const flaw = await flawOf(bench, bucket, origins);
  const detail = flaw
    ? `Small files travel by PUT: ${flaw}.`
    : `Small files travel as forms, without a preflight: each of ${BENT.length + 1} bent ones was refused.`;
  return { check: { name: 'knows how small files travel', ok: true, detail }, takesForms: flaw === null };
}

/** What speaks against forms here; null where nothing does. */
async function flawOf(bench: Bench, bucket: Bucket, origins: readonly string[]): Promise<string | null> {
  try {
    return (
      (await wrongWithRight(bench, bucket, origins)) ?? (await bendsOne(bench)) ?? (await writesOver(bench, bucket))
    );
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'store_down') throw error;
    return `a form failed (${reason(error.cause)})`;
  }
}

/** A right form from each of the pages, or from nowhere. */
async function wrongWithRight(bench: Bench, bucket: Bucket, origins: readonly string[]): Promise<string | null> {
  for (const origin of origins.length > 0 ? origins : [undefined]) {
    const sample = bench.sample();
    const answer = await bench.post(await bench.form(sample), sample.body, {}, origin);
    const stored = await bucket.head(sample.object.key);
    const { size, type, sha256 } = sample.object;
    if (!isDone(answer) || stored?.size !== size) return `the right form was ${said(answer)}`;
    if (stored.type !== type || stored.sha256 !== sha256) return 'a form was stored without its type or its SHA-256';
    if (origin !== undefined && ![origin, '*'].includes(answer.readers))
      return `a page of ${origin} could not read the answer to a form`;
  }
  return null;
}

const isDone = ({ status }: Answer): boolean => status >= 200 && status < 300;

async function bendsOne(bench: Bench): Promise<string | null> {
  for (const { what, body = same, changes = () => ({}), age = 0 } of BENT) {
    const [own, other] = [bench.sample(), bench.sample()];
    const answer = await bench.post(await bench.form(own, age), body(own.body), changes(own, other));
    const isStored = (await bench.isStored(own)) || (await bench.isStored(other));
    if (!isRefusal(answer) || isStored) return `${what[0]?.toLowerCase()}${what.slice(1)} was ${said(answer)}`;
  }
  return null;
}

async function writesOver(bench: Bench, bucket: Bucket): Promise<string | null> {
  const [first, other] = [bench.sample(), bench.sample()];
  const second: Sample = { object: { ...other.object, key: first.object.key }, body: other.body };
  await bench.post(await bench.form(first), first.body);
  const answer = await bench.post(await bench.form(second), second.body);
  const kept = await bucket.read(first.object.key, 0, first.object.size - 1).catch(() => new Uint8Array(0));
  const isKept = isRefusal(answer) && Buffer.compare(kept, first.body) === 0;
  return isKept ? null : `a second form under one name was ${said(answer)}`;
}
