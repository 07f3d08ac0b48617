import type { Page } from 'playwright-core';

/** Signs in on the page that is open, which is then where it wanted to be. */
export async function signIn(
  page: Page,
  { login, password }: { readonly login: string; readonly password: string },
): Promise<void> {
  await page.getByLabel('Login').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // On a phone, the menu is there only when it is opened.
  await page.locator('main#content').waitFor();
}

/** Waits until everything that was asked for is shown. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('main#content') !== null &&
      document.querySelector('[aria-label=Loading], .chart-loading') === null,
  );
  // What was given to a canvas is on it after the next frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
