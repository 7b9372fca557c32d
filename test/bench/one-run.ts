import { setInterval } from 'node:timers';
import * as v from 'valibot';
import { Browser } from './browser/browser.ts';
import type { HeapBytes, Page } from './browser/page.ts';
import type { Network, Seen } from './net/network.ts';
import type { PageFigures } from './page/contest.ts';
import type { PageName, Site } from './site.ts';

export interface RunFigures extends PageFigures {
  /** CPU of the whole browser, its workers and its network process. ms. */
  readonly cpuMs: number;
  /** The most over what was held before. */
  readonly heapGrowth: HeapBytes;
  /** The most that the page had at a time. */
  readonly workers: number;
  readonly seen: Seen;
}

const Figures = v.object({ ms: v.number(), longTasks: v.array(v.number()) });
/** Slower than any case by far: a page that hangs fails its run. */
const LONGEST_MS = 600_000;
const HEAP_EVERY_MS = 250;

/** One page in a browser of its own, from chosen files to the last one stored. Fails where less than all was stored. */
export async function runOnce(
  { site, network, paths, bytes }: { site: Site; network: Network; paths: readonly string[]; bytes: number },
  name: PageName,
  signal: AbortSignal,
): Promise<RunFigures> {
  signal.throwIfAborted();
  const browser = Browser.launch();
  // Whatever waits for the browser then fails.
  const stop = () => void browser.close();
  const timer = setTimeout(stop, LONGEST_MS);
  signal.addEventListener('abort', stop);
  try {
    const ready = site.nextReady();
    const page = await browser.open(site.url(name, { ...network.ends }));
    await Promise.race([ready, browser.ended]);
    if (paths.length > 0) await page.choose(paths);
    await page.collectGarbage();
    await network.seen();
    const before = await browser.cpuMs();
    const { heapGrowth, workers, ...figures } = await watchHeap(page, () => page.evaluate('bench.run()', Figures));
    const cpuMs = (await browser.cpuMs()) - before;
    const seen = await network.seen();
    if (seen.bytes !== bytes) throw new Error(`${name}: ${seen.bytes} of ${bytes} bytes were stored`);
    return { ...figures, heapGrowth, workers, cpuMs, seen };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    await browser.close();
  }
}

async function watchHeap<Figures>(
  page: Page,
  act: () => Promise<Figures>,
): Promise<Figures & { heapGrowth: HeapBytes; workers: number }> {
  const before = await page.heap();
  let heapGrowth: HeapBytes = { page: 0, workers: 0 };
  let workers = 0;
  const measure = async () => {
    workers = Math.max(workers, page.workers);
    const now = await page.heap();
    heapGrowth = {
      page: Math.max(heapGrowth.page, now.page - before.page),
      workers: Math.max(heapGrowth.workers, now.workers - before.workers),
    };
  };
  let look = Promise.resolve();
  const timer = setInterval(() => {
    look = look.then(measure);
    // Where the browser has ended, the run itself says so.
    look.catch(() => {});
  }, HEAP_EVERY_MS);
  try {
    const figures = await act();
    await look;
    await measure();
    return { ...figures, heapGrowth, workers };
  } finally {
    clearInterval(timer);
  }
}
