import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from '../browser.ts';
import { barriers } from './barriers.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import { settled, signIn } from './sign-in.ts';
import { views } from './views.ts';

/** What must hold for every page of the dashboard, in the light, in the dark and on a telephone. */

let browser: Browser;
let site: DemoSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startDemoSite()]);
});
afterAll(() => Promise.all([browser.close(), site.close()]));

const shapes = [
  { shape: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { shape: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { shape: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

/** How many pixels the page is wider than the window. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.each(shapes)('$shape', ({ shape: _shape, ...options }) => {
  let watched: WatchedPage;
  beforeAll(async () => {
    watched = await openPage(browser, `${site.address}/`, options);
    await signIn(watched.page, site);
  });
  afterAll(() => watched.page.context().close());

  it.each(views)('$name has no barriers, fits, and asks nobody but its server', async ({ path }) => {
    const { page, problems } = watched;
    await page.goto(`${site.address}${await path(page)}`);
    await settled(page);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    expect(await overhang(page)).toBe(0);
    expect(problems).toEqual([]);
  });
});
