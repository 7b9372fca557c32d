import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Colours are judged as they come to rest. As text, because a compiled function may call helpers that a page does not have. */
const FINISH = `for (const { shadowRoot } of document.querySelectorAll('*'))
  for (const animation of shadowRoot?.getAnimations() ?? [])
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();`;

/**
 * Nothing that axe knows of is wrong with the page as it stands. Its "legacy" way looks into no frame of another origin, of
 * which there is none here, and opens no page of its own for each answer: that took two thirds of the time.
 */
export async function assertAccessible(page: Page, state: string): Promise<void> {
  await page.evaluate(FINISH);
  const { violations } = await axeOf(page).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  assert.deepEqual(found, [], `axe in the state "${state}"`);
}

/** For single rules, too. */
export const axeOf = (page: Page): AxeBuilder =>
  new AxeBuilder({ page: page as never }).setLegacyMode().options({ resultTypes: ['violations'] });
