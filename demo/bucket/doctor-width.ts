import { HTTP1_REQUESTS, HTTP2_REQUESTS } from '../../src/contract/index.ts';
import type { Check } from './doctor-bench.ts';
import { speaksHttp2 } from './http2.ts';

/** How many requests serve a page best at a time. Nothing fails here: six always go. */
export async function examineWidth(origin: string): Promise<{ check: Check; requests: number }> {
  const [version, requests] = (await speaksHttp2(origin)) ? ['2', HTTP2_REQUESTS] : ['1.1', HTTP1_REQUESTS];
  const detail = `Browsers speak HTTP/${version} with this storage: ${requests} at a time.`;
  return { check: { name: 'knows how many requests go at a time', ok: true, detail }, requests };
}
