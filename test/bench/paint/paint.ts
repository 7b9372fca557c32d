import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { Browser } from '../browser/browser.ts';
import { paintFigures } from './paint-figures.ts';
import { type PaintPage, PaintSite } from './paint-site.ts';

const Painted = v.object({
  ms: v.number(),
  tasks: v.array(v.object({ startTime: v.number(), duration: v.number() })),
});
/** Of one page, from the start of its navigation. ms. */
export type Painted = v.InferOutput<typeof Painted>;

/** As slow as a cheap phone is beside a desk computer. */
const CPU = 4;
const POLL_MS = 20;
const LONGEST_MS = 60_000;
export const ROUNDS = 11;

/** Paints the box and a page without it in turn, each in a browser of its own, and answers the line to print. */
export async function benchPaint({
  rounds,
  tell,
  signal,
}: {
  rounds: number;
  tell: (text: string) => void;
  signal: AbortSignal;
}) {
  const load = loadavg()[0] ?? 0;
  const site = await PaintSite.start();
  const runs: Record<PaintPage, Painted[]> = { box: [], empty: [] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const order: PaintPage[] = round % 2 === 0 ? ['box', 'empty'] : ['empty', 'box'];
      for (const page of order) {
        const painted = await paintOnce(site, page, signal);
        runs[page].push(painted);
        tell(`paint, round ${round + 1} of ${rounds}, ${page}: ${painted.ms.toFixed(0)} ms`);
      }
    }
  } finally {
    await site.stop();
  }
  return paintFigures(runs, { cpu: CPU, load });
}

async function paintOnce(site: PaintSite, page: PaintPage, signal: AbortSignal): Promise<Painted> {
  signal.throwIfAborted();
  const browser = Browser.launch({ secureHost: site.host });
  const stop = () => void browser.close();
  const timer = setTimeout(stop, LONGEST_MS);
  signal.addEventListener('abort', stop);
  try {
    // The same origin first, so that what is slowed down is the process that paints.
    const window = await browser.open(site.url('start'));
    await window.slowDown(CPU);
    await window.go(site.url(page));
    // Until it has come, the page before it answers.
    for (;;) {
      const painted = await window.evaluate('globalThis.painted', v.optional(Painted));
      if (painted) return painted;
      await wait(POLL_MS);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    await browser.close();
  }
}
