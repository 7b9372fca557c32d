import type { RunFigures } from './one-run.ts';
import type { Runs } from './rounds.ts';

/** One case, as it is printed. Medians over the rounds; null where a page did not take part. */
export interface CaseFigures {
  readonly case: string;
  /** Our time to that of the bare requests of the same round. */
  readonly us_ratio: number | null;
  readonly uppy_ratio: number | null;
  readonly rounds: number;
  readonly us_ms: number | null;
  readonly raw_ms: number | null;
  readonly uppy_ms: number | null;
  /** CPU of the whole browser. ms. */
  readonly us_cpu: number | null;
  readonly raw_cpu: number | null;
  /** Ours, the most of all rounds, garbage included: of the page, and of its workers. */
  readonly heap_growth_mib: number;
  readonly worker_heap_mib: number;
  /** Ours, the most at a time; 0: the page hashed on its main thread. */
  readonly workers: number;
  /** Ours, of all rounds: tasks of the page over 50 ms. */
  readonly long_tasks: number;
  readonly longest_task_ms: number;
  /** Ours, preflights and broker calls included. */
  readonly requests: number;
  readonly bytes: number;
  /** The machine's load average of the last minute, when the case began. */
  readonly load: number;
}

const MIB = 1024 * 1024;

export function caseFigures(name: string, runs: Runs, load: number): CaseFigures {
  const ours = [...runs.values()][0] ?? [];
  const raw = runs.get('raw') ?? [];
  const uppy = runs.get('uppy') ?? [];
  const longTasks = ours.flatMap((run) => run.longTasks);
  return {
    case: name,
    us_ratio: ratio(ours, raw),
    uppy_ratio: ratio(uppy, raw),
    rounds: ours.length,
    us_ms: whole(median(ours.map(({ ms }) => ms))),
    raw_ms: whole(median(raw.map(({ ms }) => ms))),
    uppy_ms: whole(median(uppy.map(({ ms }) => ms))),
    us_cpu: whole(median(ours.map(({ cpuMs }) => cpuMs))),
    raw_cpu: whole(median(raw.map(({ cpuMs }) => cpuMs))),
    heap_growth_mib: mostMib(ours.map(({ heapGrowth }) => heapGrowth.page)),
    worker_heap_mib: mostMib(ours.map(({ heapGrowth }) => heapGrowth.workers)),
    workers: Math.max(0, ...ours.map(({ workers }) => workers)),
    long_tasks: longTasks.length,
    longest_task_ms: Math.round(Math.max(0, ...longTasks)),
    requests: median(ours.map(({ seen }) => seen.requests)) ?? 0,
    bytes: ours[0]?.seen.bytes ?? 0,
    load: Number(load.toFixed(1)),
  };
}

/** The median of each round's own ratio: what slowed the machine down in a round slowed both. */
function ratio(runs: readonly RunFigures[], raw: readonly RunFigures[]): number | null {
  const each = runs.flatMap(({ ms }, round) => {
    const bare = raw[round]?.ms;
    return bare === undefined ? [] : [ms / bare];
  });
  const middle = median(each);
  return middle === null ? null : Number(middle.toFixed(2));
}

/** Null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

const mostMib = (bytes: readonly number[]): number => Number((Math.max(0, ...bytes) / MIB).toFixed(1));
const whole = (value: number | null): number | null => (value === null ? null : Math.round(value));
