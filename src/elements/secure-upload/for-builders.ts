import { isBuildersPage } from '../../contract/builder-pages.ts';
import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';
import { page } from './page.ts';
import { type Pasted, slipsOf } from './slips.ts';

/** Whether the checks of the setup are loaded: somebody may read them, or the paste has slips for the console. */
export function isWorthALook(box: Pasted, { app }: UploadSnapshot): boolean {
  return app?.mode === 'test' || isBuildersPage(page.place()) || slipsOf(box).length > 0;
}

/** What ended a batch, as codes: the words for it are the owner's. */
export function codesOfEnd(before: UploadSnapshot, { phase, problem, batchProblem, items }: UploadSnapshot): string[] {
  if (phase === before.phase || (phase !== 'part-done' && phase !== 'not-done')) return [];
  const codes = items.flatMap((item) => (item.phase === 'not-done' && item.problem ? item.problem.code : []));
  return [...new Set([...codes, ...(problem ? [problem.code] : []), ...(batchProblem ? [batchProblem.code] : [])])];
}
