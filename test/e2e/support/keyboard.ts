import assert from 'node:assert/strict';
import { type Tab, until } from './tab.ts';

/** As little as a keyboard needs. */
export type Keyed = Pick<Tab, 'evaluate' | 'press'>;

export const press = (page: Keyed, key: string): Promise<void> => page.press(key);

/** Into what has the focus, one key after the other. */
export async function write(page: Keyed, text: string): Promise<void> {
  for (const letter of text) await press(page, letter);
}

/** Where the focus is: what it is called, what it is, where it stands, and how well that can be seen. */
export interface Stop {
  readonly name: string;
  readonly tag: string;
  /** Within one of the elements, and not the page around. */
  readonly isOurs: boolean;
  /** Engines draw no ring in a window that is behind another. */
  readonly isInFront: boolean;
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
    isInFront: document.hasFocus(),
    top: at.getBoundingClientRect().top + scrollY,
    // The browser's own ring is as wide as the browser draws it, whatever its style says.
    outline: { none: 0, auto: 2 }[style.outlineStyle] ?? Number.parseFloat(style.outlineWidth),
    contrast: (pair[0] + 0.05) / (pair[1] + 0.05),
  };
})()`;

export function stop(page: Keyed): Promise<Stop> {
  return page.evaluate<Stop>(STOP);
}

/**
 * Tab, or Shift+Tab, until what is called so has the focus; each stop on the way can be seen. At the end of the page it turns
 * back, because what follows there are the browser's own controls, and each engine goes through them in its own way.
 */
export async function tabTo(page: Keyed, name: string | RegExp, first: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const met: string[] = [];
  let key: string = first;
  let wasBetween = isBetween(await stop(page));
  for (let i = 0; i < 40; i += 1) {
    await press(page, key);
    const at = await stop(page);
    assertSeen(at);
    if (isBetween(at) && !wasBetween) {
      await comeBack(page, key);
      key = key === 'Tab' ? 'Shift+Tab' : 'Tab';
    }
    wasBetween = isBetween(at);
    if (typeof name === 'string' ? at.name === name : name.test(at.name)) return;
    met.push(isBetween(at) ? '(the end)' : at.name || at.tag);
  }
  throw new Error(`No stop is called ${name}, but: ${met.join(' | ')}`);
}

/** Out of the box by Tab, where it is the last on its page; Shift+Tab then leads back to its last stop. */
export async function outAndBack(page: Keyed): Promise<void> {
  await press(page, 'Tab');
  assert.ok(!(await stop(page)).isOurs, 'the focus is caught');
  await comeBack(page, 'Tab');
}

/** Tab to a button, and press it. */
export async function pressOn(page: Keyed, name: string | RegExp, key: 'Enter' | ' ' = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await press(page, key);
}

/** Tab to the button that opens the system's dialog for files, and these come out of it. */
export async function pickOn(
  tab: Tab,
  name: string | RegExp,
  input: string,
  paths: readonly string[],
  key: 'Enter' | ' ' = 'Enter',
): Promise<void> {
  await tabTo(tab, name);
  await tab.pick(() => press(tab, key), { css: input }, paths);
}

/** What a press took away did not take the focus with it. */
export async function staysOnPage(page: Keyed): Promise<void> {
  const at = await stop(page);
  assert.ok(!isBetween(at), 'the focus is lost');
  assertSeen(at);
}

/** In the window that the box has opened, where the provider asks; `more` is the code of its second step. */
export async function signInByKeys(window: Tab, more = ''): Promise<void> {
  await window.see({ css: 'input[name=username]' });
  await landsOn(window, 'User name');
  await write(window, 'jo');
  await press(window, 'Tab');
  await write(window, 'jo-demo');
  if (more) {
    await press(window, 'Tab');
    await write(window, more);
  }
  await press(window, 'Enter');
}

/** Firefox gives what is beyond the end to the browser, and the keys still to the page: the next one leads back to the last stop. */
async function comeBack(page: Keyed, key: string): Promise<void> {
  if (!(await page.evaluate<boolean>('navigator.userAgent.includes("Firefox")'))) return;
  await press(page, key);
  const isBack = () => page.evaluate<boolean>('document.hasFocus()');
  await until(async () => ((await isBack()) ? true : null), 'the focus of the page');
}

/** On nothing: between the page's last stop and its first. */
const isBetween = ({ tag }: Stop) => tag === 'body' || tag === 'html';

export function assertSeen(at: Stop): void {
  if (isBetween(at) || !(at.isOurs || at.isInFront)) return;
  const { name, isOurs, outline, contrast } = at;
  assert.ok(outline >= 2, `the focus on "${name}" has an outline of ${outline} px`);
  if (!isOurs) return;
  assert.ok(contrast >= 3, `the focus on "${name}" has a contrast of ${contrast}`);
}

/** Waits until the focus has come to what is called so, without a key. */
export async function landsOn(page: Keyed, name: string | RegExp): Promise<void> {
  const look = async () => {
    const at = await stop(page).catch(() => null);
    return at && (typeof name === 'string' ? at.name === name : name.test(at.name)) ? at : null;
  };
  const at = await until(look, `the focus on ${name}`).catch(async (error: unknown) => {
    const found = await stop(page);
    const place = isBetween(found) ? 'nothing' : `"${found.name}" (${found.tag})`;
    throw new Error(`The focus is on ${place} and not on ${name}`, { cause: error });
  });
  assertSeen(at);
}
