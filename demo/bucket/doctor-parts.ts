import { createHash } from 'node:crypto';
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
import type { Binding, Bucket } from './storage.ts';

const TAKES = 'takes a file in parts';
const ALLOW =
  'Allow this key s3:PutObject, s3:ListMultipartUploadParts, s3:ListBucketMultipartUploads and s3:AbortMultipartUpload.';

/**
 * Proves on uploads of one small part each that parts are held to what is signed as whole files are. Where one of these
 * fails, files may not travel in parts; whole ones may. Stops where not even the right part is taken.
 */
export async function examineParts(bench: Bench, bucket: Bucket, binding: Binding): Promise<readonly Check[]> {
  try {
    const taken = await takesParts(bench, bucket, binding);
    if (!taken.ok) return [taken];
    return [
      taken,
      await refusesOtherPart(bench, bucket, binding),
      await refusesLatePart(bench, bucket, binding),
      await putsNoPartsOver(bench, bucket, binding),
      await staysPrivate(bench, bucket, binding),
    ];
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'store_down') throw error;
    return [{ name: TAKES, ok: false, detail: `An upload in parts failed (${reason(error.cause)}). ${ALLOW}` }];
  }
}

async function takesParts(bench: Bench, bucket: Bucket, binding: Binding): Promise<Check> {
  const sample = bench.sample();
  const { key, size, sha256 } = sample.object;
  const uploadId = await bench.begin(sample);
  const answer = await bench.put(await bench.grantPart(sample, uploadId, binding), sample.body);
  if (answer.status !== 200) return failed(TAKES, `The right part was ${said(answer)}; wanted 200.`);
  const parts = (await bucket.listParts(key, uploadId)) ?? [];
  const [part] = parts;
  const isListed = parts.length === 1 && part?.number === 1 && part.size === size && fits(part.sha256, sha256, binding);
  if (!isListed) return failed(TAKES, 'The part that was stored is not listed as it is.');
  if (!(await bucket.listMultiparts(key)).includes(uploadId)) return failed(TAKES, 'The open upload is not listed.');
  const ending = await bucket.completeMultipart(key, uploadId, parts);
  const stored = await bucket.head(key);
  if (ending !== 'done' || stored?.size !== size) return failed(TAKES, 'A completed upload is not there.');
  const composite = createHash('sha256').update(Buffer.from(sha256, 'base64')).digest('base64');
  if (!fits(stored.sha256, composite, binding))
    return failed(TAKES, `A HEAD tells ${stored.sha256 ? 'another' : 'no'} composite SHA-256.`);
  const kept = stored.sha256
    ? 'a HEAD tells the composite SHA-256'
    : 'no SHA-256 is kept: the grant of each part holds it';
  return { name: TAKES, ok: true, detail: `The right part was ${said(answer)} and completed; ${kept}.` };
}

/** A store whose grants are bound by the payload keeps no checksum, and needs none. */
const fits = (found: string | null, wanted: string, binding: Binding): boolean =>
  found === wanted || (found === null && binding === 'payload');

async function refusesOtherPart(bench: Bench, bucket: Bucket, binding: Binding): Promise<Check> {
  const TRIES: readonly [string, (body: Uint8Array) => Uint8Array][] = [
    ['Other bytes than those of a signed part', otherBytes],
    ['One byte more', (body) => Buffer.concat([body, Buffer.from('+')])],
    ['One byte less', (body) => body.subarray(1)],
  ];
  const sample = bench.sample();
  const uploadId = await bench.begin(sample);
  const seen: [string, Answer][] = [];
  for (const [what, change] of TRIES)
    seen.push([what, await bench.put(await bench.grantPart(sample, uploadId, binding), change(sample.body))]);
  const kept = await bucket.listParts(sample.object.key, uploadId);
  const ok = seen.every(([, answer]) => isRefusal(answer)) && kept?.length === 0;
  const told = seen.map(([what, answer]) => `${what} was ${said(answer)}`).join('. ');
  const detail = `${told}${ok ? '' : '; wanted a refusal and nothing stored'}.`;
  return { name: 'refuses a part that differs from what was signed', ok, detail };
}

/** What was completed, and perhaps looked through, stays what it is, however long its grants live. */
async function refusesLatePart(bench: Bench, bucket: Bucket, binding: Binding): Promise<Check> {
  const sample = bench.sample();
  const grant = await store(bench, bucket, sample, binding);
  const answer = await bench.put(grant, sample.body);
  const ok = isRefusal(answer) && (await bucket.head(sample.object.key))?.size === sample.object.size;
  const detail = `A part that came after the completion was ${said(answer)}${ok ? '' : '; wanted 404'}.`;
  return { name: 'refuses a part after completion', ok, detail };
}

async function putsNoPartsOver(bench: Bench, bucket: Bucket, binding: Binding): Promise<Check> {
  const [first, other] = [bench.sample(), bench.sample()];
  const { key, size } = first.object;
  const second: Sample = { object: { ...other.object, key }, body: other.body };
  await bench.put(await bench.grant(first, binding), first.body);
  const uploadId = await bench.begin(second);
  await bench.put(await bench.grantPart(second, uploadId, binding), second.body);
  const ending = await bucket.completeMultipart(key, uploadId, (await bucket.listParts(key, uploadId)) ?? []);
  const kept = await bucket.read(key, 0, size - 1);
  const ok = ending === 'taken' && Buffer.compare(kept, first.body) === 0;
  const detail = ok
    ? 'A completion under a name that is taken changed nothing.'
    : 'A completion under a name that is taken went on; wanted 412 and the first bytes untouched.';
  return { name: 'puts no parts over a file that is there', ok, detail };
}

async function staysPrivate(bench: Bench, bucket: Bucket, binding: Binding): Promise<Check> {
  const sample = bench.sample();
  await store(bench, bucket, sample, binding, { 'x-amz-acl': 'public-read' });
  const read = await bench.call(bucket.address(sample.object.key), {});
  const ok = isRefusal(read);
  const detail = `Reading a file without a signature whose part was sent with x-amz-acl: public-read was ${said(read)}${ok ? '' : ', wanted 403'}.`;
  return { name: 'lets no part make a file public', ok, detail };
}

/** Takes the sample through a whole upload; with these headers added where the store lets them pass. */
async function store(
  bench: Bench,
  bucket: Bucket,
  sample: Sample,
  binding: Binding,
  added: Readonly<Record<string, string>> = {},
) {
  const { key } = sample.object;
  const uploadId = await bench.begin(sample);
  const grant = await bench.grantPart(sample, uploadId, binding);
  const answer = await bench.put(grant, sample.body, added);
  if (answer.status !== 200) await bench.put(grant, sample.body);
  await bucket.completeMultipart(key, uploadId, (await bucket.listParts(key, uploadId)) ?? []);
  return grant;
}

const failed = (name: string, detail: string): Check => ({ name, ok: false, detail });
