import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Camera } from './cameras.ts';

/** The first page waits for the build, too. */
const SHOWN_MS = 60_000;

/** Opens a page of the gallery; done when all that it was asked for stands. */
export async function openStates(camera: Camera, gallery: string, query: Record<string, string>): Promise<void> {
  await camera.open(`${gallery}/box?${new URLSearchParams(query)}`);
  const end = Date.now() + SHOWN_MS;
  while (!(await camera.evaluate<boolean>(`document.documentElement.dataset.shown === 'yes'`))) {
    assert.ok(Date.now() < end, 'the page did not show all of its states');
    await wait(50);
  }
}
