import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../browser.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import { signIn } from './sign-in.ts';

/** What an administrator sets, from the first key to the last document in quarantine; each step goes on from the one before. */

const password = 'a good password';
let browser: Browser;
let site: DemoSite;
let page: Page;
let key: string;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startDemoSite({ days: 2 })]);
  ({ page } = await openPage(browser, `${site.address}/settings/users`, { locale: 'en-US' }));
  await signIn(page, site);
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

const openTab = (name: string) => page.goto(`${site.address}/settings/${name}`);

async function send(document: unknown): Promise<number> {
  const response = await fetch(`${site.address}/ingest/v1/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(document),
  });
  return response.status;
}

const call = (id: string, { phone = '+16173990000', durationMs = 45 } = {}) => ({
  id,
  phone,
  application: 'https://ivr.example/start.php',
  started_at: new Date().toISOString(),
  events: [{ type: 'page_load', at: 0, url: 'https://ivr.example/main.php', duration_ms: durationMs }],
});

describe('settings', () => {
  it('add a user, and say what the server refuses', async () => {
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByRole('textbox', { name: 'Login' }).fill('demo');
    await page.locator('[role=dialog] input[name=password]').fill(password);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    expect(await page.getByRole('alert').textContent()).toBe('login "demo" of tool dev exists; choose another name');
    await page.getByRole('textbox', { name: 'Login' }).fill('fresh');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('cell', { name: 'fresh', exact: true }).waitFor();
  });

  it('say beside the field that the current password is another', async () => {
    await page.getByLabel('Current password').fill('not this one');
    await page.locator('form input[name=password]').fill(password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('This is not your password of now.').waitFor();
    expect(await page.getByLabel('Current password').getAttribute('aria-invalid')).toBe('true');
  });

  it('share a number', async () => {
    await openTab('numbers');
    await page
      .getByRole('button', { name: /^Share or give away/ })
      .first()
      .click();
    await page.getByRole('combobox', { name: 'Share with' }).click();
    await page.getByRole('option', { name: 'fresh (dev)' }).click();
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByText('It is shared.').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('row').nth(1).getByRole('cell').nth(2).textContent()).toBe('fresh (dev)');
  });

  it('make a key, which is shown once', async () => {
    await openTab('keys');
    await page.getByRole('button', { name: 'Make an ingest key' }).click();
    await page.getByLabel('Label').fill('test bench');
    await page.keyboard.press('Enter');
    key = (await page.getByRole('region', { name: 'The ingest key', exact: true }).textContent()) ?? '';
    expect(await send(call('settings-1'))).toBe(200);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    expect(await page.getByText(key).count()).toBe(0);
  });

  it('correct a document in quarantine', async () => {
    expect(await send(call('settings-2', { durationMs: -4 }))).toBe(400);
    await openTab('quarantine');
    await page.getByRole('link', { name: 'settings-2' }).click();
    await page.getByRole('button', { name: 'Go to /events/0/duration_ms' }).click();
    await page.keyboard.type('4');
    await page.getByRole('button', { name: 'Send corrected' }).click();
    await page.getByText('It is stored, and counts.').waitFor();
    await page.getByRole('link', { name: 'All of the quarantine' }).click();
    await page.getByText('Nothing is here').waitFor();
  });

  it('revoke the key', async () => {
    await openTab('keys');
    await page.getByRole('button', { name: 'Revoke “test bench”' }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('“test bench” is revoked.').waitFor();
    expect(await send(call('settings-3'))).toBe(401);
  });
});

describe('the time zone of the account', () => {
  it('is changed, and all figures are counted anew', async () => {
    await openTab('account');
    const [before, calls] = await daysAndCalls();
    await page.getByRole('combobox', { name: 'Days begin at midnight of' }).fill('Tokyo');
    await page.getByRole('option', { name: /^Asia\/Tokyo/ }).click();
    await page.getByRole('button', { name: 'Change…' }).click();
    await page.getByRole('button', { name: 'Change the time zone' }).click();
    await page.getByText('Days of Asia/Tokyo').waitFor();
    const isCounted = () =>
      page.evaluate(async () => (await (await fetch('/dashboard/account')).json()).recount === null);
    while (!(await isCounted())) await page.waitForTimeout(100);
    const [after, callsAfter] = await daysAndCalls();
    expect(callsAfter).toBe(calls);
    expect(after).not.toEqual(before);
  });
});

/** Calls by day, and all of them, around the days of the demo. */
function daysAndCalls(): Promise<readonly [readonly number[], number]> {
  return page.evaluate(async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const response = await fetch(`/dashboard/report?start=${day(-5)}&end=${day(2)}&period=day&metrics=calls`);
    const { rows }: { rows: readonly { readonly calls: number }[] } = await response.json();
    const calls = rows.map((row) => row.calls);
    return [calls, calls.reduce((sum, each) => sum + each, 0)] as const;
  });
}

describe('a user who has no numbers', () => {
  it('sees the first call appear by itself', async () => {
    const { page: own } = await openPage(browser, `${site.address}/settings/users`, { locale: 'en-US' });
    await signIn(own, site);
    await own.getByRole('button', { name: 'Add a user' }).click();
    await own.getByRole('textbox', { name: 'Login' }).fill('first');
    await own.locator('[role=dialog] input[name=password]').fill(password);
    await own.getByRole('button', { name: 'Add', exact: true }).click();
    await own.getByRole('cell', { name: 'first', exact: true }).waitFor();
    await own.getByRole('button', { name: 'Account of demo' }).click();
    await own.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await own.getByRole('heading', { name: 'Sign in' }).waitFor();
    await own.goto(`${site.address}/volume?range=7d`);
    await signIn(own, { login: 'first', password });
    await own.getByRole('link', { name: 'Make an ingest key' }).click();
    await own.getByRole('button', { name: 'Make an ingest key' }).click();
    await own.getByLabel('Label').fill('first');
    await own.keyboard.press('Enter');
    key = (await own.getByRole('region', { name: 'The ingest key', exact: true }).textContent()) ?? '';
    await own.getByRole('button', { name: 'I have copied it' }).click();
    await own.goBack();
    await own.getByRole('heading', { name: 'Send your first call' }).waitFor();
    expect(await send(call('first-call', { phone: '+16175550199' }))).toBe(200);
    await own.getByRole('heading', { level: 2, name: 'Call minutes' }).waitFor();
    expect(own.url()).toBe(`${site.address}/volume?range=7d`);
  });
});
