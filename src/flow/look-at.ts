import type { Limits } from '../contract/template.ts';
import { inspect } from './inspect.ts';
import type { ItemList } from './item-list.ts';
import type { ItemSnapshot } from './upload-snapshot.ts';

/** How many files are read at once. */
const AT_ONCE = 4;

/** Looks at files that have joined the list, and moves each to ready or refused. A row that was taken out meanwhile stays out. */
export async function lookAt(
  added: readonly ItemSnapshot[],
  list: ItemList,
  limits: Limits,
  changed: () => void,
): Promise<void> {
  const others = list.all.filter((item) => !added.includes(item) && item.phase !== 'refused');
  const queue = added.entries();
  const look = async () => {
    for (const [i, item] of queue) {
      const { sniffedType, problem } = await inspect(item, limits, [...others, ...added.slice(0, i)]);
      if (list.get(item.key)?.phase !== 'preparing') continue;
      if (problem) list.move(item.key, 'refused', { problem });
      else list.ready(item.key, sniffedType);
      changed();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
}
