/**
 * Engines that a process of several test files starts once: Firefox takes 5 s of a processor, Chromium 1.5. A file that runs
 * alone keeps nothing, and ends what it started.
 */

let isKept = false;
const kept = new Map<string, Promise<{ close(): Promise<void> }>>();

/** From here on engines stay until `endEngines`. */
export function keepEngines(): void {
  isKept = true;
}

export async function endEngines(): Promise<void> {
  const all = [...kept.values()];
  kept.clear();
  await Promise.all(all.map(async (starting) => (await starting).close()));
}

/** What `start` made the first time under this name; `isOwn` where it is kept for nobody else. */
export async function startKept<Kept extends { close(): Promise<void> }>(
  name: string,
  start: () => Promise<Kept>,
): Promise<{ engine: Kept; isOwn: boolean }> {
  if (!isKept) return { engine: await start(), isOwn: true };
  const starting = (kept.get(name) as Promise<Kept> | undefined) ?? start();
  kept.set(name, starting);
  try {
    return { engine: await starting, isOwn: false };
  } catch (error) {
    kept.delete(name);
    throw error;
  }
}
