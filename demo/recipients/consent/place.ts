import type { Decide } from '../../../src/contract/index.ts';
import { record } from '../../audit/index.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { RecipientCaller } from '../../context/env.ts';
import { recipientAct } from '../codes.ts';
import { type OpenedLink, openById } from '../link-store.ts';

/** Where a press was made: as the page says, unless its origin says that it is not ours. */
export interface Place {
  readonly surface: Decide['surface'];
  readonly origin: string | null;
}

export function placeOf(deps: Deps, surface: Decide['surface'], origin: string | undefined): Place {
  const isForeign = origin !== undefined && origin !== new URL(deps.config.publicUrl).origin;
  return { surface: isForeign ? 'embedded' : surface, origin: origin ?? null };
}

/**
 * A page that is not ours may hide what is pressed: its owner must have chosen that, and what is confidential or
 * regulated wants our own page (decision 8). Fails with not_allowed.
 */
export function refuseEmbedded({ app }: OpenedLink, place: Place): void {
  if (place.surface === 'page') return;
  const { sensitivity } = app.template;
  const isDelicate = sensitivity === 'confidential' || sensitivity === 'regulated';
  if (isDelicate || app.record.embeds_recipients !== true) throw new Problem('not_allowed');
}

/** A press that no person made is written down and answers nothing. Fails with not_a_person. */
export async function refuseScript(deps: Deps, who: RecipientCaller, now: Date): Promise<never> {
  const opened = await openById(deps, who.link);
  await deps.db.transaction((tx) => record(tx, now, recipientAct(opened, 'consent.refused', { code: 'not_a_person' })));
  throw new Problem('not_a_person');
}
