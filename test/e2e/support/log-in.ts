import type { Page } from 'playwright-core';
import type { Tab } from './tab.ts';

/** In the window that the box has opened. The provider may know the person from before: then it closes by itself. */
export async function logIn(window: Page): Promise<void> {
  const name = window.getByLabel('User name');
  const isAsked = name.waitFor().then(
    () => true,
    () => false,
  );
  if (!(await Promise.race([isAsked, window.waitForEvent('close').then(() => false)]))) return;
  await name.fill('jo');
  await window.getByLabel('Password').fill('jo-demo');
  await window.getByRole('button', { name: 'Sign in' }).click();
}

/** The same in each engine, where the provider asks; `more` is the code of its second step. */
export async function fillInLogIn(window: Tab, more = ''): Promise<void> {
  await window.type({ css: 'input[name=username]' }, 'jo');
  await window.type({ css: 'input[name=password]' }, 'jo-demo');
  if (more) await window.type({ css: 'input[name=code]' }, more);
  await window.click({ css: 'button' });
}
