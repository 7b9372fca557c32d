import type { Page } from 'playwright-core';

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
