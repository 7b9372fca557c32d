import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Colours are judged as they come to rest. As text, because a compiled function may call helpers that a page does not have. */
const FINISH = `for (const { shadowRoot } of document.querySelectorAll('*'))
  for (const animation of shadowRoot?.getAnimations() ?? [])
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();`;

/** Nothing that axe knows of is wrong with the page as it stands. */
export async function assertAccessible(page: Page, state: string): Promise<void> {
  await page.evaluate(FINISH);
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  assert.deepEqual(found, [], `axe in the state "${state}"`);
}
