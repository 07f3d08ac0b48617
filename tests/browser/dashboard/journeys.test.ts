import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../browser.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import { settled, signIn } from './sign-in.ts';

/** What people come for, from signing in to what they wanted, on the real server with the calls of the demo. */

let browser: Browser;
let site: DemoSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startDemoSite()]);
});
afterAll(() => Promise.all([browser.close(), site.close()]));

async function signedIn(path: string) {
  const watched = await openPage(browser, `${site.address}${path}`, { acceptDownloads: true });
  await signIn(watched.page, site);
  await settled(watched.page);
  return watched;
}

const goTo = (page: Page, section: string) =>
  page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: section }).click();

describe('somebody who hears that callers were told of an error', () => {
  it('finds the day, the page that failed, and what happened in one of the calls', async () => {
    const { page, problems } = await signedIn('/');
    await goTo(page, 'Performance');
    const days = page.getByRole('region', { name: 'Days that stand out' });
    expect(await days.textContent()).toMatch(/: \d+ script errors, usually \d/);
    await days.getByRole('link', { name: 'Look at this day' }).first().click();
    await settled(page);
    const { searchParams } = new URL(page.url());
    const day = searchParams.get('start');
    expect(searchParams.get('end')).toBe(day);

    const pages = page.getByRole('table', { name: 'Pages' });
    await pages.getByRole('link', { name: /^balance\.php/ }).click();
    await page.getByRole('heading', { level: 2, name: 'balance.php' }).waitFor();
    await settled(page);
    await page.getByRole('link', { name: 'Calls with script errors' }).click();
    await settled(page);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Calls');
    const calls = page.getByRole('table', { name: 'Table of calls' });
    await calls.getByRole('row').nth(1).getByRole('link').first().click();
    await settled(page);
    const timeline = page.getByRole('region', { name: 'Timeline' });
    expect(await timeline.textContent()).toMatch(/balance\.php/);
    expect(await timeline.textContent()).toMatch(/ReferenceError|TypeError|error\.semantic/);

    // The way back is the browser's.
    await page.goBack();
    await calls.waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 2, name: 'balance.php' }).waitFor();
    expect(new URL(page.url()).searchParams.get('start')).toBe(day);
    expect(problems).toEqual([]);
  });

  it('sends a link that shows somebody else the same', async () => {
    const { page } = await signedIn('/performance');
    await page.getByRole('link', { name: 'Look at this day' }).first().click();
    await settled(page);
    const shown = await page.getByRole('table', { name: 'Pages' }).textContent();
    const other = await signedIn(new URL(page.url()).pathname + new URL(page.url()).search);
    expect(await other.page.getByRole('table', { name: 'Pages' }).textContent()).toBe(shown);
  });
});

describe('two people who look at one number', () => {
  it('see the same of it, and the one who does not own it sees nothing else', async () => {
    const password = 'a good password';
    const { page, problems } = await signedIn('/settings/users');
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByRole('textbox', { name: 'Login' }).fill('clinic');
    await page.locator('[role=dialog] input[name=password]').fill(password);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('cell', { name: 'clinic', exact: true }).waitFor();

    await page.goto(`${site.address}/settings/numbers`);
    await page.getByRole('button', { name: /^Share or give away .*617 555 0110/ }).click();
    await page.getByRole('combobox', { name: 'Share with' }).click();
    await page.getByRole('option', { name: 'clinic (dev)' }).click();
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByText('It is shared.').waitFor();
    await page.goto(`${site.address}/volume?range=90d&number=%2B16175550110`);
    await settled(page);
    const callsOf = async (of: Page) =>
      of.locator('.tile', { hasText: 'Calls' }).first().locator('.tile-value').textContent();
    const owned = await callsOf(page);

    const other = await openPage(browser, `${site.address}/volume?range=90d`);
    await signIn(other.page, { login: 'clinic', password });
    await settled(other.page);
    expect(await callsOf(other.page)).toBe(owned);
    const numbers = other.page.getByRole('table', { name: 'By number' });
    expect(await numbers.getByRole('row').count()).toBe(2);
    const foreign = await other.page.evaluate(async () => {
      const answer = await fetch('/dashboard/report?start=2026-01-01&end=2026-01-02&number=%2B18005550199');
      return answer.status;
    });
    expect(foreign).toBe(400);
    expect([...problems, ...other.problems.filter((each) => !each.includes('400'))]).toEqual([]);
  });
});

describe('somebody who connects a platform', () => {
  it('makes a key, sends a call with it, and sees it without loading anything', async () => {
    const { page, problems } = await signedIn('/settings/keys');
    await page.getByRole('button', { name: 'Make an ingest key' }).click();
    await page.getByLabel('Label').fill('lab');
    await page.keyboard.press('Enter');
    const key = (await page.getByRole('region', { name: 'The ingest key', exact: true }).textContent()) ?? '';
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await goTo(page, 'Calls');
    await settled(page);
    const loaded = await page.evaluate(() => performance.timeOrigin);
    await sendCall(key, 'lab-1');
    const first = page.getByRole('table', { name: 'Table of calls' }).getByRole('row').nth(1);
    await first.getByText('lab.example/start.php').waitFor();
    await first.getByRole('link').first().click();
    await page.getByRole('region', { name: 'Timeline' }).getByText('hello.php').first().waitFor();
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
    expect(problems).toEqual([]);
  });
});

describe('a page that is in the background', () => {
  it('holds no connection, and is up to date when it is looked at', async () => {
    const { page, problems } = await signedIn('/calls?application=https%3A%2F%2Flab.example%2Fback.php');
    await page.getByText('Live', { exact: true }).waitFor();
    await setVisibility(page, 'hidden');
    const key = await makeSecret(page, 'keys');
    await sendCall(key, 'lab-2', 'back.php');
    // Longer than it takes the server to tell of a call, and the page to ask for it.
    await page.waitForTimeout(7000);
    expect(await page.getByRole('table', { name: 'Table of calls' }).count()).toBe(0);
    await setVisibility(page, 'visible');
    await page.getByRole('table', { name: 'Table of calls' }).waitFor();
    expect(problems).toEqual([]);
  });
});

async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibilityState });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => visibilityState === 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

async function sendCall(key: string, id: string, start = 'start.php'): Promise<void> {
  const response = await fetch(`${site.address}/ingest/v1/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      id,
      phone: '+16175550110',
      caller: '+16175550123',
      application: `https://lab.example/${start}`,
      started_at: new Date().toISOString(),
      events: [{ type: 'page_load', at: 0, url: 'https://lab.example/hello.php', duration_ms: 45 }],
    }),
  });
  expect(await response.json()).toMatchObject({ stored: 1 });
}

describe('somebody who goes on in a spreadsheet', () => {
  it('downloads what is shown, and it is what the API answers', async () => {
    const { page, problems } = await signedIn('/performance?range=90d&number=%2B18005550199&period=week');
    const token = await makeSecret(page, 'tokens');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download Script errors as CSV' }).click(),
    ]);
    const shown = new URL(download.url()).searchParams;
    expect(shown.getAll('number')).toEqual(['+18005550199']);
    shown.delete('format');
    const answer = await fetch(`${site.address}/api/v2/report?${shown}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/csv' },
    });
    const text = await answer.text();
    expect(readFileSync(await download.path(), 'utf8')).toBe(text);
    expect(text.split('\r\n').length).toBeGreaterThan(12);
    expect(problems).toEqual([]);
  });
});

function makeSecret(page: Page, kind: 'keys' | 'tokens'): Promise<string> {
  return page.evaluate(async (kind) => {
    const response = await fetch(`/dashboard/${kind}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ label: 'made by a test' }),
    });
    const { secret }: { secret: string } = await response.json();
    return secret;
  }, kind);
}
