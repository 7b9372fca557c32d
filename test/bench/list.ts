import { loadavg } from 'node:os';
import * as v from 'valibot';
import { Browser } from './browser/browser.ts';
import { median } from './figures.ts';
import type { ListFigures } from './page/list.ts';
import { Site } from './site.ts';

export const LIST_ROUNDS = 3;

const Figures = v.object({
  addMs: v.number(),
  longTasks: v.array(v.number()),
  frames: v.array(v.number()),
  rows: v.number(),
}) satisfies v.GenericSchema<ListFigures>;

/** Adds 10,000 files to the element and scrolls them, each round in a browser of its own; answers the line to print. */
export async function benchList({
  rounds,
  tell,
  signal,
}: {
  rounds: number;
  tell: (text: string) => void;
  signal: AbortSignal;
}) {
  const load = loadavg()[0] ?? 0;
  const site = await Site.start();
  const runs: ListFigures[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const figures = await listOnce(site, signal);
      runs.push(figures);
      tell(`list, round ${round + 1} of ${rounds}: added in ${figures.addMs.toFixed(0)} ms`);
    }
  } finally {
    await site.stop();
  }
  const longTasks = runs.flatMap((run) => run.longTasks);
  return {
    case: 'list-10000',
    rounds,
    add_ms: Math.round(median(runs.map(({ addMs }) => addMs)) ?? 0),
    // 0: none was longer than 50 ms.
    longest_task_ms: Math.round(Math.max(0, ...longTasks)),
    long_tasks: longTasks.length,
    frame_p95_ms: Math.round((median(runs.map(({ frames }) => percentile(frames, 0.95))) ?? 0) * 10) / 10,
    frames: Math.round(median(runs.map(({ frames }) => frames.length)) ?? 0),
    rows_in_page: Math.max(...runs.map(({ rows }) => rows)),
    load: Number(load.toFixed(1)),
  };
}

async function listOnce(site: Site, signal: AbortSignal): Promise<ListFigures> {
  signal.throwIfAborted();
  const browser = Browser.launch();
  const stop = () => void browser.close();
  signal.addEventListener('abort', stop);
  try {
    const ready = site.nextReady();
    const page = await browser.open(site.url('list', {}));
    await Promise.race([ready, browser.ended]);
    await page.collectGarbage();
    return await page.evaluate('list.run()', Figures);
  } finally {
    signal.removeEventListener('abort', stop);
    await browser.close();
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
