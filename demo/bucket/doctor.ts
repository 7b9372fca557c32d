import { HTTP1_REQUESTS } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import {
  type Answer,
  Bench,
  type Check,
  FOREIGN_ORIGIN,
  isRefusal,
  otherBytes,
  reason,
  type Sample,
  said,
} from './doctor-bench.ts';
import { examineForms } from './doctor-forms.ts';
import { examineParts } from './doctor-parts.ts';
import { examineWidth } from './doctor-width.ts';
import type { Binding, Bucket } from './storage.ts';
import { corsXml } from './xml.ts';

export type { Check } from './doctor-bench.ts';

export interface Diagnosis {
  readonly checks: readonly Check[];
  /** How grants must be bound here; null where the bucket is not safe to sign for. */
  readonly binding: Binding | null;
  /** False where a file may travel in one request only. */
  readonly takesParts: boolean;
  /** True where a form is held to its policy as a PUT to its signature. */
  readonly takesForms: boolean;
  /** How many requests serve a page best at a time. */
  readonly requests: number;
}

const NONE = { binding: null, takesParts: false, takesForms: false, requests: HTTP1_REQUESTS } as const;

/** Makes the bucket and its CORS ready, examines it and opens it for grants where it is safe. */
export async function examineAndClear(bucket: Bucket, origins: readonly string[]): Promise<readonly Check[]> {
  bucket.clear(null);
  const ensured = await orUnusable(bucket, async () => {
    await bucket.ensure();
    return null;
  });
  if (ensured) return ensured.checks;
  // A store may not let the broker write this: a check then says what to set by hand.
  await bucket.putBucketCors(origins).catch(() => {});
  const { checks, binding, takesParts, takesForms, requests } = await examine(bucket, origins);
  bucket.clear(binding, { parts: takesParts, forms: takesForms, requests });
  return checks;
}

/**
 * Proves on sample objects, which it removes again, that the bucket enforces what is signed. Stops where not even the
 * right bytes are taken. A store that cannot be reached is one failed check.
 */
export async function examine(bucket: Bucket, origins: readonly string[]): Promise<Diagnosis> {
  return orUnusable(bucket, async () => {
    await bucket.call(bucket.address(''), {}); // Whatever it answers: it is there.
    const bench = new Bench(bucket);
    try {
      const diagnosis = await examineOn(bench, bucket, origins);
      return { ...diagnosis, checks: [...diagnosis.checks, await removesSamples(bench)] };
    } finally {
      await bench.tidy();
    }
  });
}

async function examineOn(bench: Bench, bucket: Bucket, origins: readonly string[]): Promise<Diagnosis> {
  const taken = await takesSigned(bench, bucket);
  if (!taken.ok) return { ...NONE, checks: [taken] };
  const { check, found } = await refusesOtherBody(bench);
  const used = found ?? 'checksum';
  const whole = [
    taken,
    check,
    await refusesOtherLength(bench, used),
    await refusesOtherType(bench, used),
    await refusesSecondWrite(bench, bucket, used),
    await refusesExpired(bench, used),
    await refusesUnsigned(bench, bucket, used),
    await staysPrivate(bench, bucket, used),
    await refusesForeignOrigin(bench, used),
    await keepsChecksum(bench, bucket, used),
  ];
  const parts = await examineParts(bench, bucket, used);
  const forms = await examineForms(bench, bucket, origins);
  const width = await examineWidth(bucket.origin);
  // Whose pages are kept out cannot upload, but nobody is harmed: the bucket stays safe.
  const pages = origins.length === 0 ? [] : [await letsPagesIn(bench, used, origins)];
  return {
    checks: [...whole, ...parts, ...pages, forms.check, width.check],
    binding: whole.every(({ ok }) => ok) ? found : null,
    takesParts: parts.every(({ ok }) => ok),
    takesForms: forms.takesForms,
    requests: width.requests,
  };
}

async function takesSigned(bench: Bench, bucket: Bucket): Promise<Check> {
  const sample = bench.sample();
  const answer = await bench.put(await bench.grant(sample, 'checksum'), sample.body);
  const isStored = answer.status === 200 && (await bucket.head(sample.object.key))?.size === sample.object.size;
  const name = 'takes the bytes that were signed';
  if (isStored) return { name, ok: true, detail: `The right bytes were ${said(answer)}.` };
  return { name, ok: false, detail: `The right bytes were ${said(answer)}; wanted 200. ${hint(answer)}` };
}

/** Finds what makes this store look at the bytes: the checksum header, or the payload's hash in the signature too. */
async function refusesOtherBody(bench: Bench): Promise<{ check: Check; found: Binding | null }> {
  const name = 'refuses a body that differs from what was signed';
  const seen: string[] = [];
  for (const found of ['checksum', 'payload'] as const) {
    const sample = bench.sample();
    const answer = await bench.put(await bench.grant(sample, found), otherBytes(sample.body));
    const how = found === 'checksum' ? 'x-amz-checksum-sha256' : 'x-amz-content-sha256';
    seen.push(`Other bytes than those of a signed ${how} were ${said(answer)}`);
    if (isRefusal(answer) && !(await bench.isStored(sample))) {
      return { check: { name, ok: true, detail: `${seen.join('. ')}: grants are bound by ${how}.` }, found };
    }
  }
  return { check: { name, ok: false, detail: `${seen.join('. ')}; wanted 400.` }, found: null };
}

async function refusesOtherLength(bench: Bench, binding: Binding): Promise<Check> {
  const [longer, shorter] = [bench.sample(), bench.sample()];
  return refusal(bench, 'refuses another length', [
    [
      'One byte more',
      longer,
      await bench.put(await bench.grant(longer, binding), Buffer.concat([longer.body, Buffer.from('+')])),
    ],
    ['One byte less', shorter, await bench.put(await bench.grant(shorter, binding), shorter.body.subarray(1))],
  ]);
}

async function refusesOtherType(bench: Bench, binding: Binding): Promise<Check> {
  const sample = bench.sample();
  const answer = await bench.put(await bench.grant(sample, binding), sample.body, { 'content-type': 'text/html' });
  return refusal(bench, 'refuses another type', [['text/html where image/png was signed', sample, answer]]);
}

async function refusesSecondWrite(bench: Bench, bucket: Bucket, binding: Binding): Promise<Check> {
  const [first, other] = [bench.sample(), bench.sample()];
  const second: Sample = { object: { ...other.object, key: first.object.key }, body: other.body };
  await bench.put(await bench.grant(first, binding), first.body);
  const answer = await bench.put(await bench.grant(second, binding), second.body);
  const kept = await bucket.read(first.object.key, 0, first.object.size - 1).catch(() => new Uint8Array(0));
  const ok = answer.status === 412 && Buffer.compare(kept, first.body) === 0;
  const detail = `A second write under one name was ${said(answer)}${ok ? '' : '; wanted 412 and the first bytes untouched'}.`;
  return { name: 'refuses a second write', ok, detail };
}

async function refusesExpired(bench: Bench, binding: Binding): Promise<Check> {
  const sample = bench.sample();
  const answer = await bench.put(await bench.grant(sample, binding, 120), sample.body);
  return refusal(bench, 'refuses an expired URL', [['A URL one minute past its life', sample, answer]]);
}

async function refusesUnsigned(bench: Bench, bucket: Bucket, binding: Binding): Promise<Check> {
  const [stored, absent] = [bench.sample(), bench.sample()];
  await bench.put(await bench.grant(stored, binding), stored.body);
  const read = await bench.call(bucket.address(stored.object.key), {});
  const written = await bench.call(bucket.address(absent.object.key), {
    method: 'PUT',
    body: new Uint8Array(absent.body),
  });
  const ok = isRefusal(read) && isRefusal(written) && !(await bench.isStored(absent));
  const detail = `Without a signature reading was ${said(read)}, writing ${said(written)}${ok ? '' : '; wanted 403. The bucket is public'}.`;
  return { name: 'refuses what nobody signed', ok, detail };
}

/** Some stores take headers that were not signed; one of them would open the object to everybody. */
async function staysPrivate(bench: Bench, bucket: Bucket, binding: Binding): Promise<Check> {
  const sample = bench.sample();
  const written = await bench.put(await bench.grant(sample, binding), sample.body, { 'x-amz-acl': 'public-read' });
  const read = await bench.call(bucket.address(sample.object.key), {});
  const ok = isRefusal(read);
  const detail = `An upload with an added x-amz-acl: public-read was ${said(written)}; reading it without a signature then ${said(read)}${ok ? '' : ', wanted 403'}.`;
  return { name: 'lets no uploader make a file public', ok, detail };
}

async function refusesForeignOrigin(bench: Bench, binding: Binding): Promise<Check> {
  const isIn = await bench.letsIn(FOREIGN_ORIGIN, await bench.grant(bench.sample(), binding));
  const detail = isIn
    ? `Pages of ${FOREIGN_ORIGIN} may use grants; wanted none but the registered ones. Change the CORS of the bucket.`
    : `Pages of ${FOREIGN_ORIGIN} are kept out.`;
  return { name: 'refuses pages of a foreign origin', ok: !isIn, detail };
}

async function keepsChecksum(bench: Bench, bucket: Bucket, binding: Binding): Promise<Check> {
  const sample = bench.sample();
  await bench.put(await bench.grant(sample, binding), sample.body);
  const kept = (await bucket.head(sample.object.key))?.sha256 ?? null;
  const ok = kept === sample.object.sha256;
  const detail = ok ? 'A HEAD tells the SHA-256 of the bytes.' : `A HEAD tells ${kept ? 'another' : 'no'} SHA-256.`;
  return { name: 'keeps the checksum', ok, detail };
}

async function letsPagesIn(bench: Bench, binding: Binding, origins: readonly string[]): Promise<Check> {
  const grant = await bench.grant(bench.sample(), binding);
  const out: string[] = [];
  for (const origin of origins) if (!(await bench.letsIn(origin, grant))) out.push(origin);
  const detail =
    out.length === 0
      ? `Pages of ${origins.join(', ')} may use grants.`
      : `Pages of ${out.join(', ')} are kept out. Set this CORS on the bucket: ${corsXml(origins)}`;
  return { name: 'lets your pages in', ok: out.length === 0, detail };
}

async function refusal(
  bench: Bench,
  name: string,
  tries: readonly (readonly [string, Sample, Answer])[],
): Promise<Check> {
  let ok = true;
  for (const [, sample, answer] of tries) ok &&= isRefusal(answer) && !(await bench.isStored(sample));
  const seen = tries.map(([what, , answer]) => `${what} was ${said(answer)}`).join('. ');
  return { name, ok, detail: `${seen}${ok ? '' : '; wanted a refusal and nothing stored'}.` };
}

async function removesSamples(bench: Bench): Promise<Check> {
  const ok = await bench.tidy();
  const detail = ok
    ? 'The sample objects are gone.'
    : 'A sample object under doctor/ could not be deleted. Allow this key s3:DeleteObject and s3:AbortMultipartUpload.';
  return { name: 'removes what the doctor stored', ok, detail };
}

const HINTS: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'Check S3_ACCESS_KEY_ID.',
  SignatureDoesNotMatch: 'Check S3_SECRET_ACCESS_KEY and S3_REGION.',
  NoSuchBucket: 'Check S3_BUCKET, or create the bucket.',
  RequestTimeTooSkewed: 'Set the clock of this machine.',
  AuthorizationQueryParametersError: 'Check S3_REGION.',
  AccessDenied: 'Allow this key s3:PutObject, s3:GetObject and s3:DeleteObject on the bucket.',
};
const hint = ({ code }: Answer): string => HINTS[code] ?? 'Check the address, the keys and the bucket.';

async function orUnusable<Found>(bucket: Bucket, act: () => Promise<Found>): Promise<Found | Diagnosis> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'store_down') throw error;
    const detail = `The storage at ${bucket.origin} cannot be used (${reason(error.cause)}). Check the address, the keys and the bucket.`;
    return { ...NONE, checks: [{ name: 'can be used', ok: false, detail }] };
  }
}
