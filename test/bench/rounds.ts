import { loadavg } from 'node:os';
import type { Case } from './cases.ts';
import { chosenFiles } from './chosen-files.ts';
import { Network } from './net/network.ts';
import { type RunFigures, runOnce } from './one-run.ts';
import type { PageName, Site } from './site.ts';

/** Every run of a page, in the order of the rounds. */
export type Runs = ReadonlyMap<PageName, readonly RunFigures[]>;

/** Runs the pages of a case in turn. Each round begins with another page, so that none always follows the same one. */
export async function runRounds(
  site: Site,
  { name, line, files, pages, takesForms = false }: Case,
  {
    rounds,
    isChecking,
    tell,
    signal,
  }: { rounds: number; isChecking: boolean; tell: (text: string) => void; signal: AbortSignal },
): Promise<Runs> {
  const paths = files ? chosenFiles(files) : [];
  const bytes = files ? files.count * files.size : 0;
  const network = await Network.start({ ...line, isChecking, takesForms });
  const runs = new Map<PageName, RunFigures[]>(pages.map((page) => [page, []]));
  try {
    for (let round = 0; round < rounds; round += 1) {
      const first = round % pages.length;
      for (const page of [...pages.slice(first), ...pages.slice(0, first)]) {
        const figures = await runOnce({ site, network, paths, bytes }, page, signal);
        runs.get(page)?.push(figures);
        const load = (loadavg()[0] ?? 0).toFixed(1);
        tell(`${name}, round ${round + 1} of ${rounds}, ${page}: ${figures.ms.toFixed(0)} ms, load ${load}`);
      }
    }
  } finally {
    await network.stop();
  }
  return runs;
}
