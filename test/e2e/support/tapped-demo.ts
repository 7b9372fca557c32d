import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Demo, startDemo } from './demo.ts';

export interface TappedDemo extends Demo {
  /** Every secret that passed a server, by kind, and every Referer: out of requests and answers, so that a search cannot pass by not knowing them. */
  carried(): Readonly<Record<string, readonly string[]>>;
}

/** A demo that tells what passed its servers. The page at the path `watched` runs `watcher` before any other script. */
export async function startTappedDemo(watched: string, watcher: string): Promise<TappedDemo> {
  const tap = join(mkdtempSync(join(tmpdir(), 'secure-upload-tap-')), 'wire.jsonl');
  const preload = new URL('./wire-tap.mjs', import.meta.url).href;
  const demo = await startDemo({
    env: { NODE_OPTIONS: `--import=${preload}`, WIRE_TAP: tap, WATCHED: watched, WATCHER: watcher, LOG: '1' },
  });
  return {
    ...demo,
    carried() {
      const found: Record<string, string[]> = {};
      for (const line of readFileSync(tap, 'utf8').trim().split('\n')) {
        const [kind, value] = JSON.parse(line) as [string, string];
        found[kind] = [...(found[kind] ?? []), value];
      }
      return found;
    },
  };
}
