import { median } from '../figures.ts';
import type { Painted } from './paint.ts';

/** Longer tasks keep a person waiting (W3C Long Tasks). ms. */
const LONG_MS = 50;

/** Medians over the rounds, as they are printed; `target` is what we want. */
export function paintFigures(
  { box, empty }: Readonly<Record<'box' | 'empty', readonly Painted[]>>,
  { cpu, load }: { readonly cpu: number; readonly load: number },
) {
  const middle = (values: readonly number[]): number => median(values) ?? Number.NaN;
  const ratios = box.flatMap(({ ms }, round) => {
    const bare = empty[round]?.ms;
    return bare === undefined ? [] : [ms / bare];
  });
  return {
    case: 'paint',
    /** Times slower than this machine. */
    cpu,
    rounds: box.length,
    ratio: Number(middle(ratios).toFixed(2)),
    box_ms: Math.round(middle(box.map(({ ms }) => ms))),
    empty_ms: Math.round(middle(empty.map(({ ms }) => ms))),
    blocked_ms: Math.round(middle(box.map((one) => blocked(one, () => true)))),
    blocked_after_paint_ms: Math.round(middle(box.map((one) => blocked(one, (start) => start >= one.ms)))),
    empty_blocked_ms: Math.round(middle(empty.map((one) => blocked(one, () => true)))),
    longest_task_ms: Math.round(Math.max(0, ...box.flatMap(({ tasks }) => tasks.map(({ duration }) => duration)))),
    load: Number(load.toFixed(1)),
    target: { ratio: 1.5, blocked_ms: 50 },
  };
}

/** What long tasks took over 50 ms each: total blocking time, until the page rests. */
function blocked({ tasks }: Painted, counts: (start: number) => boolean): number {
  const long = tasks.filter(({ startTime }) => counts(startTime));
  return long.reduce((sum, { duration }) => sum + Math.max(0, duration - LONG_MS), 0);
}
