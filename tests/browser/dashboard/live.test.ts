import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../browser.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import { settled, signIn } from './sign-in.ts';

/** A page that is left open: calls come in, the server goes and comes back, and whoever looks at it loses nothing. */

let browser: Browser;
let site: DemoSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startDemoSite({ days: 8 })]);
});
afterAll(() => Promise.all([browser.close(), site.close()]));

async function visit(path: string) {
  const watched = await openPage(browser, `${site.address}${path}`);
  await signIn(watched.page, site);
  await settled(watched.page);
  return watched;
}

let sent = 0;

/** Sends a call of now, and waits until the page counts it. */
async function sendCall(page: Page): Promise<void> {
  const before = await calls(page).textContent();
  const response = await fetch(`${site.address}/ingest/v1/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.ingest_key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      id: `live-${sent++}`,
      phone: '+18005550199',
      application: 'https://harbor.example/start.php',
      started_at: new Date().toISOString(),
      events: [],
    }),
  });
  expect(response.status).toBe(200);
  await page.waitForFunction((text) => document.querySelector('.tile .tile-value')?.textContent !== text, before, {
    timeout: 15_000,
  });
}

const calls = (page: Page) => page.locator('.tile', { hasText: 'Calls' }).first().locator('.tile-value');
const mark = (page: Page) => page.locator('.topbar .live');

describe('while calls come in', () => {
  it('a graph keeps its tooltip, and a table its order and the focus', async () => {
    const { page, problems } = await visit('/volume?range=7d');
    const head = page.getByRole('table', { name: 'By number' }).getByRole('button', { name: 'Number' });
    await head.click();
    const graph = page.getByRole('img', { name: /^Calls, / });
    await graph.scrollIntoViewIfNeeded();
    const box = await graph.boundingBox();
    // The pointer stays there while everything else goes on.
    await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 80);
    const tip = page.locator('.tooltip').first();
    await tip.waitFor();
    const text = await tip.textContent();
    await head.evaluate((element) => element.focus({ preventScroll: true }));
    const focused = await page.evaluateHandle(() => document.activeElement);
    for (const _ of [1, 2]) await sendCall(page);
    expect(await tip.isVisible()).toBe(true);
    expect(await tip.textContent()).toBe(text);
    expect(await head.locator('xpath=ancestor::th').getAttribute('aria-sort')).toBe('ascending');
    expect(await page.evaluate((element) => document.activeElement === element, focused)).toBe(true);
    expect(problems).toEqual([]);
  });

  it('a point says to screen readers what it shows', async () => {
    const { page } = await visit('/volume?range=7d&compare=previous');
    await page.getByRole('img', { name: /^Transfers, / }).focus();
    await page.keyboard.press('ArrowRight');
    const said = page.getByRole('status', { name: 'What has happened' });
    expect(await said.textContent()).toMatch(/^\w{3}, .*\d{4}\. Transfers: \d+\. Transfers, before: \d+$/);
    await page.keyboard.press('Tab');
    await page.locator('.tooltip').first().waitFor({ state: 'hidden' });
  });

  it('an open dialog keeps what was typed', async () => {
    const { page } = await visit('/settings/keys');
    await page.getByRole('button', { name: 'Make an ingest key' }).click();
    await page.getByLabel('Label').fill('half writ');
    const other = await visit('/volume?range=7d');
    await sendCall(other.page);
    await page.getByLabel('Label').press('t');
    expect(await page.getByLabel('Label').inputValue()).toBe('half writt');
  });
});

describe('while the server cannot be reached', () => {
  it('figures stay, the page says so, and goes on by itself', async () => {
    const { page } = await visit('/volume?range=7d');
    const shown = await calls(page).textContent();
    await page.context().setOffline(true);
    // What was not loaded yet cannot be shown; what was, is.
    await page.getByRole('button', { name: /^Days: / }).click();
    await page.getByRole('button', { name: 'Yesterday' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').first().textContent()).toContain('The server cannot be reached.');
    await page.goBack();
    expect(await calls(page).textContent()).toBe(shown);
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('link', { name: 'Caller profile' }).click();
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 2, name: 'Where callers are' }).waitFor();
    await mark(page).getByText('Live', { exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/callers');
  });
});

describe('a link', () => {
  it('that names numbers which the reader does not see says so once, and shows the others', async () => {
    const { page, problems } = await visit('/volume?range=7d&number=%2B18005550199&number=%2B19995550100');
    await page.getByRole('heading', { level: 2, name: 'A number that you do not see' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: /^Show \+1.800.555.0199 alone$/ }).click();
    await settled(page);
    expect(new URL(page.url()).searchParams.getAll('number')).toEqual(['+18005550199']);
    expect(Number(await calls(page).textContent())).toBeGreaterThan(100);
    expect(problems).toEqual([]);
  });
});
