import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { find } from './playwright.ts';
import { type Tab, type Target, until } from './tab.ts';

/** What has a keyboard: a page of Playwright's, or a tab of any engine. */
export type Keyed = Page | Pick<Tab, 'evaluate' | 'press' | 'see'>;

export function press(page: Keyed, key: string): Promise<void> {
  return 'keyboard' in page ? page.keyboard.press(key) : page.press(key);
}

/** Waits until it can be seen. */
export async function see(page: Keyed, target: Target): Promise<void> {
  await ('keyboard' in page ? find(page, target) : page.see(target));
}

/** Into what has the focus, one key after the other. */
export async function write(page: Keyed, text: string): Promise<void> {
  for (const letter of text) await press(page, letter);
}

/** Where the focus is: what it is called, what it is, where it stands, and how well that can be seen. */
export interface Stop {
  readonly name: string;
  readonly tag: string;
  readonly isOurs: boolean;
  readonly top: number;
  /** px */
  readonly outline: number;
  /** Of the outline against the box. */
  readonly contrast: number;
}

const STOP = `(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const light = (color) => {
    const [r, g, b] = (color.match(/[\\d.]+/g) ?? [0, 0, 0]).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = getComputedStyle(at);
  const card = at.closest('.card');
  const pair = [style.outlineColor, card ? getComputedStyle(card).backgroundColor : 'rgb(255, 255, 255)'].map(light).sort((a, b) => b - a);
  const label = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '';
  return {
    name: label.replace(/[\\u2066-\\u2069]/g, '').replace(/\\s+/g, ' ').trim(),
    tag: at.localName,
    isOurs: at.getRootNode() instanceof ShadowRoot,
    top: at.getBoundingClientRect().top + scrollY,
    outline: style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth),
    contrast: (pair[0] + 0.05) / (pair[1] + 0.05),
  };
})()`;

export function stop(page: Keyed): Promise<Stop> {
  return 'keyboard' in page ? page.evaluate<Stop>(STOP) : page.evaluate<Stop>(STOP);
}

/** Tab, or Shift+Tab, until what is called so has the focus; each stop on the way can be seen. */
export async function tabTo(page: Keyed, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const met: string[] = [];
  for (let i = 0; i < 40; i += 1) {
    await press(page, key);
    const at = await stop(page);
    assertSeen(at);
    if (typeof name === 'string' ? at.name === name : name.test(at.name)) return;
    met.push(at.name || at.tag);
  }
  throw new Error(`No stop is called ${name}, but: ${met.join(' | ')}`);
}

export function assertSeen({ name, isOurs, outline, contrast }: Stop): void {
  if (!isOurs) return;
  assert.ok(outline >= 2, `the focus on "${name}" has an outline of ${outline} px`);
  assert.ok(contrast >= 3, `the focus on "${name}" has a contrast of ${contrast}`);
}

/** Waits until the focus has come to what is called so, without a key. */
export async function landsOn(page: Keyed, name: string | RegExp): Promise<void> {
  const look = async () => {
    const at = await stop(page).catch(() => null);
    return at && (typeof name === 'string' ? at.name === name : name.test(at.name)) ? at : null;
  };
  const at = await until(look, `the focus on ${name}`).catch(async (error: unknown) => {
    const { name: found, tag } = await stop(page);
    throw new Error(`The focus is on "${found}" (${tag}) and not on ${name}`, { cause: error });
  });
  assertSeen(at);
}
