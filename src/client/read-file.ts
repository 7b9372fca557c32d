import { toBase64 } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import type { Fetch } from './call.ts';

/** No byte for this long: the connection is dead, whatever it says. */
const STALLED_MS = 30_000;
/** Ten times a second is as often as anybody can read. */
const WATCH_MS = 100;

/**
 * Reads a presigned address whole, and hashes what came: all of it at once, or as the composite of parts of `partBytes`. The address is never part of an error: it opens the file for
 * whoever has it. Fails with store_unreachable, or cancelled.
 */
export async function readFile(
  fetch: Fetch,
  url: string,
  watch: (received: number) => void,
  signal: AbortSignal,
  partBytes?: number | undefined,
): Promise<{ blob: Blob; sha256: string }> {
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), STALLED_MS);
  try {
    const response = await fetch(new URL(url), {
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([signal, stalled.signal]),
    });
    if (!response.ok || !response.body) throw new UploadError('store_unreachable');
    const blob = await collect(response.body, watch, () => {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(), STALLED_MS);
    });
    return { blob, sha256: await sumOf(blob, partBytes) };
  } catch {
    throw new UploadError(signal.aborted ? 'cancelled' : 'store_unreachable');
  } finally {
    clearTimeout(timer);
  }
}

/** SHA-256 (base64), whole or composite of parts. A composite keeps one part in memory at a time. */
export async function sumOf(blob: Blob, partBytes?: number | undefined): Promise<string> {
  return toBase64(await (partBytes ? composite(blob, partBytes) : sha256(blob)));
}

async function collect(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  watch: (received: number) => void,
  alive: () => void,
): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = body.getReader();
  let received = 0;
  let told = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    alive();
    chunks.push(value);
    received += value.byteLength;
    if (performance.now() - told < WATCH_MS) continue;
    told = performance.now();
    watch(received);
  }
  watch(received);
  // Never the type that storage names: a page of another's making must not run from an address of this origin.
  return new Blob(chunks, { type: 'application/octet-stream' });
}

async function sha256(blob: Blob): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
}

/** As S3 has it: the SHA-256 of the parts' SHA-256 in order. */
async function composite(blob: Blob, partBytes: number): Promise<ArrayBuffer> {
  const hashes: ArrayBuffer[] = [];
  for (let from = 0; from < blob.size; from += partBytes) {
    hashes.push(await sha256(blob.slice(from, from + partBytes)));
  }
  return sha256(new Blob(hashes));
}
