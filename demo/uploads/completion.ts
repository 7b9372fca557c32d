import type {
  CompletedUploads,
  CompleteUploads,
  ProblemCode,
  ProblemFigures,
  Template,
} from '../../src/contract/index.ts';
import { Problem, problemBody } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Caller } from '../identity/ports.ts';
import { settleParts } from './assembly.ts';
import { sumObject } from './checksums.ts';
import { once } from './idempotency.ts';
import { type Settlement, settleUpload } from './settlement.ts';
import { type FoundUpload, findOwn, isOpen, sumOf, toStoredFile } from './upload-store.ts';

type Wish = CompleteUploads['uploads'][number];
type Outcome = { readonly id: string; readonly code?: ProblemCode; readonly figures?: ProblemFigures | undefined };

const AT_ONCE = 8;

/** Checks what was stored and settles it. One answer per upload: its file, or why it is none. */
export async function completeUploads(
  deps: Deps,
  caller: Caller,
  key: string | undefined,
  { uploads }: CompleteUploads,
): Promise<CompletedUploads> {
  const ids = uploads.map(({ id }) => id);
  const attempt = { route: 'POST /v1/uploads/complete', key, body: uploads };
  const outcomes = await once<readonly Outcome[]>(deps, caller, attempt, async (keep) => {
    const rows = await findOwn(deps, caller, ids);
    let isFinal = true;
    const settled = await eachOf(uploads, async (wish, i) => {
      try {
        return await complete(deps, caller, rows[i], wish);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        isFinal = false; // The upload is still open: a repeat may find it otherwise.
        return { id: wish.id, code: error.code, figures: error.figures };
      }
    });
    if (isFinal) await keep(settled);
    return settled;
  });
  const rows = await findOwn(deps, caller, ids);
  const files = await Promise.all(
    outcomes.map(async ({ id, code, figures }, i) => {
      const row = rows[i];
      if (!code && row?.state === 'stored') return { id, file: await toStoredFile(deps, row) };
      return { id, problem: problemBody(code ?? 'upload_over', { figures, ...(row && { reference: row.reference }) }) };
    }),
  );
  return { files };
}

/** Fails with what leaves the upload open: not_stored_yet, store_down; in parts also bad_request, damaged. */
async function complete(deps: Deps, caller: Caller, row: FoundUpload | undefined, wish: Wish): Promise<Outcome> {
  const { id, parts = [] } = wish;
  if (!row || row.state === 'deleted') return { id, code: 'not_found' };
  if (row.state === 'stored') return { id };
  if (!isOpen(deps, row)) return { id, code: 'upload_over' };
  const { template } = caller.app;
  const settlement = await (row.partBytes === null
    ? settleWhole(deps, template, row)
    : settleParts(deps, template, row, parts));
  if (settlement === 'stored') return { id };
  if (settlement === 'over') return complete(deps, caller, (await findOwn(deps, caller, [id]))[0], wish);
  return { id, ...settlement };
}

async function settleWhole(deps: Deps, template: Template, row: FoundUpload): Promise<Settlement> {
  const found = await deps.storage.head(row.objectKey);
  if (!found) throw new Problem('not_stored_yet');
  const sha256 = found.sha256 ?? (await sumObject(deps.storage, row));
  return settleUpload(deps, template, row, { ...found, sha256 }, sumOf(row).sha256);
}

/** A few at a time, answers in order. */
async function eachOf<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map((item, i) => work(item, at + i)))));
  }
  return answers;
}
