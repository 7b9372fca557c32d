import type { Ends } from '../net/network.ts';

/** What a page tells of its run. */
export interface PageFigures {
  /** From the first file taken to the last one stored. */
  readonly ms: number;
  /** Durations of the tasks over 50 ms that fell into it (W3C Long Tasks). ms. */
  readonly longTasks: readonly number[];
}

/** Sends the files and resolves when all of them are stored. Fails when one is not. */
export type Send = (files: readonly File[]) => Promise<void>;

/** A page's part of the bench: the runner chooses files, then calls `bench.run()`. */
export function enter(prepare: (ends: Ends) => Promise<Send> | Send): void {
  const query = new URLSearchParams(location.search);
  const ends = { store: query.get('store') ?? '', broker: query.get('broker') ?? '' };
  void Promise.resolve(prepare(ends)).then((send) => {
    const input = document.querySelector('input');
    const run = () => time(() => send([...(input?.files ?? [])]));
    Object.assign(globalThis, { bench: { run } });
    return fetch('/ready', { method: 'POST' });
  });
}

export async function time(act: () => Promise<void>): Promise<PageFigures> {
  const entries: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
  observer.observe({ type: 'longtask' });
  const start = performance.now();
  await act();
  const end = performance.now();
  // A task is known to have been long only when it has ended, this one too.
  await new Promise((resolve) => setTimeout(resolve));
  entries.push(...observer.takeRecords());
  const inside = entries.filter(({ startTime }) => startTime >= start && startTime <= end);
  return { ms: end - start, longTasks: inside.map(({ duration }) => duration) };
}
