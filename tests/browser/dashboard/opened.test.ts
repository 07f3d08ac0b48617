import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from '../browser.ts';
import { barriers } from './barriers.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import { settled, signIn } from './sign-in.ts';

/** What opens above a page: it has no barriers, Escape closes it, and the focus is then where it was. */

let browser: Browser;
let site: DemoSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startDemoSite({ days: 8 })]);
});
afterAll(() => Promise.all([browser.close(), site.close()]));

const shapes = [
  { shape: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { shape: 'dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

interface Opening {
  readonly name: string;
  readonly path: string;
  /** The button that opens it. */
  readonly button: string | RegExp;
  readonly opened: 'dialog' | 'menu' | 'listbox';
}

const openings: readonly Opening[] = [
  { name: 'the days', path: '/volume', button: /^Days: /, opened: 'dialog' },
  { name: 'the numbers', path: '/volume', button: /^Numbers: /, opened: 'listbox' },
  { name: 'the menu of the user', path: '/volume', button: 'Account of demo', opened: 'menu' },
  { name: 'an enlarged graph', path: '/volume', button: 'Enlarge Transfers', opened: 'dialog' },
  { name: 'an enlarged table', path: '/performance', button: 'Enlarge Pages', opened: 'dialog' },
  { name: 'an enlarged heatmap', path: '/', button: 'Enlarge Hours of the week', opened: 'dialog' },
  { name: 'an enlarged map', path: '/callers', button: 'Enlarge Where callers are', opened: 'dialog' },
  { name: 'a new key', path: '/settings/keys', button: 'Make an ingest key', opened: 'dialog' },
  { name: 'a new user', path: '/settings/users', button: 'Add a user', opened: 'dialog' },
  {
    name: 'the shares of a number',
    path: '/settings/numbers',
    button: /^Share or give away .*0110$/,
    opened: 'dialog',
  },
];

describe.each(shapes)('$shape', ({ shape: _shape, ...options }) => {
  let watched: WatchedPage;
  beforeAll(async () => {
    watched = await openPage(browser, `${site.address}/`, options);
    await signIn(watched.page, site);
  });
  afterAll(() => watched.page.context().close());

  it.each(openings)('$name', async ({ path, button, opened }) => {
    const { page, problems } = watched;
    await page.goto(`${site.address}${path}`);
    await settled(page);
    const opener = page.getByRole('button', { name: button });
    await opener.focus();
    await page.keyboard.press('Enter');
    const shown = page.getByRole(opened).last();
    await shown.waitFor();
    await settled(page);
    expect(await barriers(page, '[data-portal]')).toEqual([]);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
    await page.waitForFunction((element) => document.activeElement === element, await opener.elementHandle());
    expect(problems).toEqual([]);
  });

  it('tables in place of graphs', async () => {
    const { page } = watched;
    await page.goto(`${site.address}/?compare=previous`);
    await settled(page);
    for (const toggle of await page.getByRole('button', { name: /^Figures of .* as a table$/ }).all())
      await toggle.click();
    expect(await page.getByRole('table', { name: 'Calls over time' }).getByRole('row').count()).toBe(29);
    expect(await barriers(page)).toEqual([]);
  });
});

describe('keys', () => {
  const visit = async (path: string) => {
    const { page } = await openPage(browser, `${site.address}${path}`);
    await signIn(page, site);
    await settled(page);
    return page;
  };
  const pathOf = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search;

  it('open sections and change what is looked at, but not in fields, dialogs and with Ctrl', async () => {
    const page = await visit('/calls');
    await page.keyboard.press('2');
    await page.getByRole('heading', { level: 1, name: 'Call volume' }).waitFor();
    await page.keyboard.press('c');
    expect(pathOf(page)).toBe('/volume?compare=previous');
    await page.keyboard.press('Control+3');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('3');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Numbers: / }).click();
    await page.getByRole('combobox', { name: 'Find a number' }).pressSequentially('3c');
    expect(pathOf(page)).toBe('/volume?compare=previous');
  });

  it('change no filters where there are none', async () => {
    const page = await visit('/settings/account');
    for (const key of ['c', '[']) await page.keyboard.press(key);
    expect(pathOf(page)).toBe('/settings/account');
    await page.keyboard.press('5');
    await page.getByRole('heading', { level: 1, name: 'Diagnostic flow' }).waitFor();
    await page.keyboard.press('c');
    expect(pathOf(page)).toBe('/flow');
  });

  it('can be switched off, which lasts', async () => {
    const page = await visit('/volume');
    await page.keyboard.press('Shift+?');
    await page.getByRole('switch', { name: 'Keys outside of graphs work' }).click();
    await page.keyboard.press('Escape');
    await page.reload();
    await settled(page);
    await page.keyboard.press('3');
    await page.keyboard.press('Shift+?');
    expect(pathOf(page)).toBe('/volume');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Account of demo' }).click();
    await page.getByRole('menuitem', { name: 'Keys' }).click();
    await page.getByRole('switch', { name: 'Keys outside of graphs work' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('3');
    await page.getByRole('heading', { level: 1, name: 'Event tracker' }).waitFor();
  });
});
