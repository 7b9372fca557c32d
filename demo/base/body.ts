import type { Context } from 'hono';
import * as v from 'valibot';
import { Id } from '../../src/contract/index.ts';
import { Problem } from './problem.ts';

/** Bytes of JSON that a call may send: 100 files with long names fit six times over. */
const MAX_BODY = 256 * 1024;

/** The body of a call, as its schema reads it. What was sent is never repeated in the answer. */
export async function readBody<S extends v.GenericSchema>(
  c: Context,
  schema: S,
  maxBytes = MAX_BODY,
): Promise<v.InferOutput<S>> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) throw new Problem('bad_request');
  const text = await readText(c.req.raw.body, maxBytes);
  const parsed = v.safeParse(schema, parseJson(text));
  if (!parsed.success) throw new Problem('bad_request', { cause: parsed.issues[0]?.message });
  return parsed.output;
}

/** The id in the address. What cannot be one belongs to nobody. */
export function readId(c: Context): string {
  const id = c.req.param('id');
  if (!v.is(Id, id)) throw new Problem('not_found');
  return id;
}

/** Fails with body_large, and leaves the rest to `readRest`: to cancel a body would cut its connection. */
export async function readText(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string> {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  await readOn(body, (chunk) => {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Problem('body_large');
    chunks.push(chunk);
  });
  return Buffer.concat(chunks).toString('utf8');
}

/** More than any call may send. Whoever sends still more is cut off. */
const MAX_REST = 2 * 1024 * 1024;

/**
 * Reads what a handler left unread, before its answer goes out: a browser hears nothing while it sends, and on a slow line
 * Hono's server would close the connection half a second after the answer, so that a refusal became "no connection".
 */
export async function readRest({ body }: Request): Promise<void> {
  if (!body || body.locked) return;
  let size = 0;
  await readOn(body, (chunk) => {
    size += chunk.byteLength;
    if (size > MAX_REST) throw new Problem('body_large');
  }).catch(() => {}); // Cut off, by them or by us: the answer stays what it is.
}

async function readOn(body: ReadableStream<Uint8Array>, take: (chunk: Uint8Array) => void): Promise<void> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) take(next.value);
  } finally {
    reader.releaseLock();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('bad_request', { cause });
  }
}
