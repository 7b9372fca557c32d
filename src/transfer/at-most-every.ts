import type { Clock } from './ports.ts';

/** The first at once, the last surely, those between at most once per `ms`. */
export function atMostEvery(ms: number, clock: Clock, act: (bytes: number) => void): (bytes: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  let waiting: { bytes: number } | null = null;
  return (bytes) => {
    if (waiting) {
      waiting.bytes = bytes;
      return;
    }
    const rest = last + ms - clock.now();
    if (rest <= 0) {
      last = clock.now();
      act(bytes);
      return;
    }
    const mine = { bytes };
    waiting = mine;
    clock.after(rest, () => {
      waiting = null;
      last = clock.now();
      act(mine.bytes);
    });
  };
}
