import { type Inspected, type Inspector, identityOf, inspect, type Rules } from './inspect.ts';
import type { ItemList } from './item-list.ts';
import type { ItemSnapshot } from './upload-snapshot.ts';

/** How many files are read at once. */
const AT_ONCE = 4;

/** Looks at files that have joined the list, and moves each to ready or refused. A row that was taken out meanwhile stays out. */
export async function lookAt(
  added: readonly ItemSnapshot[],
  list: ItemList,
  { rules, inspector }: { readonly rules: Rules; readonly inspector: Inspector },
  changed: () => void,
): Promise<void> {
  const isAdded = new Set(added.map(({ key }) => key));
  const others = list.all.filter(({ key, phase }) => !isAdded.has(key) && phase !== 'refused');
  const seen = new Set(others.map(identityOf));
  const judge = async (item: ItemSnapshot): Promise<Inspected> => {
    const identity = identityOf(item);
    if (seen.has(identity)) return { sniffedType: '', problem: { code: 'file_duplicate' }, file: item.file };
    seen.add(identity);
    return inspect(item, rules, inspector);
  };
  const queue = added.values();
  const look = async () => {
    for (const item of queue) {
      const { sniffedType, problem, file, made, dimensions } = await judge(item);
      if (list.get(item.key)?.phase !== 'preparing') continue;
      if (problem) list.move(item.key, 'refused', { problem });
      else list.ready(item.key, sniffedType, { dimensions, ...(made && { file, size: file.size, made }) });
      changed();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
}
