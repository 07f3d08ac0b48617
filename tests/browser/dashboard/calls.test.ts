import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../browser.ts';
import { type DemoSite, startDemoSite } from './demo-site.ts';
import { settled, signIn } from './sign-in.ts';

/** From the path of calls to the very calls behind it, and about in their list. */

let browser: Browser;
let site: DemoSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startDemoSite({ days: 8 })]);
});
afterAll(() => Promise.all([browser.close(), site.close()]));

async function signedIn(path: string) {
  const watched = await openPage(browser, `${site.address}${path}`, { locale: 'en-US', acceptDownloads: true });
  await signIn(watched.page, site);
  await settled(watched.page);
  return watched;
}

const chips = (page: Page) => page.getByRole('list', { name: 'What is searched for' }).getByRole('listitem');
const rows = (page: Page) => page.getByRole('table', { name: 'Table of calls' }).locator('tbody').getByRole('row');

/** Loads all pages of the list. */
async function countCalls(page: Page): Promise<number> {
  const more = page.getByRole('button', { name: /^(Load more|Go on)$/ });
  while ((await more.count()) > 0) {
    const before = await page.getByRole('main').getByRole('status').last().textContent();
    await more.click();
    await page.waitForFunction(
      (text) => Array.from(document.querySelectorAll('main [role=status]')).at(-1)?.textContent !== text,
      before,
    );
  }
  return rows(page).count();
}

describe('the path of calls', () => {
  it('has as many calls behind a move as it says', async () => {
    const { page, problems } = await signedIn('/flow?range=yesterday');
    const moves = page.getByRole('table', { name: 'Table of moves' }).locator('tbody').getByRole('row');
    // Every call starts once, so each of these moves is one call.
    const first = moves.filter({ hasText: 'Call start' }).first();
    const count = Number(await first.getByRole('cell').nth(2).textContent());
    expect(count).toBeGreaterThan(20);
    await first.getByRole('link').click();
    await settled(page);
    expect(await chips(page).nth(1).textContent()).toMatch(/^moved from the start to /);
    expect(await countCalls(page)).toBe(count);
    expect(problems).toEqual([]);
  });

  it('is gone through with the keyboard', async () => {
    const { page, problems } = await signedIn('/flow?range=7d');
    const graph = page.getByRole('img', { name: /^Path of calls of / });
    await graph.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const said = (await page.getByRole('status').filter({ hasText: 'Moves to it' }).textContent()) ?? '';
    expect(said).toMatch(/^\w+ \/ \w+\. Moves to it: [\d,]+\. Visits, with repeats: [\d,]+\. Hung up there: /);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/calls\?/);
    await settled(page);
    expect(await chips(page).nth(1).textContent()).toContain(`visit of ${said.slice(0, said.indexOf('.'))}`);
    expect(problems).toEqual([]);
  });

  it('says how much of it is not drawn', async () => {
    const { page } = await signedIn('/flow?range=7d&links=10');
    const panel = page.getByRole('region', { name: 'Path of calls' });
    expect(await panel.textContent()).toMatch(/10 of \d+ links are drawn, with \d+(\.\d)? % of [\d,]+ moves\./);
    await panel.getByLabel('Moves that are drawn by themselves').selectOption('all');
    await page.getByText(/^(\d+) of \1 links are drawn, with 100 % of/).waitFor();
  });
});

describe('the list of calls', () => {
  it('is narrowed by choices and texts, and widened by taking chips away', async () => {
    const { page, problems } = await signedIn('/calls?range=7d');
    await page.getByLabel('Outcome').selectOption('transfer');
    await page.waitForURL(/outcome=transfer/);
    await page.getByRole('textbox', { name: 'Caller' }).fill('55501');
    await page.keyboard.press('Enter');
    await page.waitForURL(/caller=55501/);
    await settled(page);
    expect(await chips(page).allTextContents()).toEqual(['caller 55501', 'transferred', 'Clear all']);
    await page.getByRole('button', { name: 'Without: caller 55501' }).click();
    await page.waitForURL((url) => !url.searchParams.has('caller'));
    expect(await page.getByRole('textbox', { name: 'Caller' }).inputValue()).toBe('');
    await page.goBack();
    expect(await page.getByRole('textbox', { name: 'Caller' }).inputValue()).toBe('55501');
    expect(problems).toEqual([]);
  });

  it('leads to a call, to its neighbours, and back to itself', async () => {
    const { page, problems } = await signedIn('/calls?range=7d&outcome=transfer');
    const ids = await rows(page)
      .getByRole('link')
      .evaluateAll((links) =>
        links.map((link) => new URL(link.getAttribute('href') ?? '', location.href).searchParams.get('id')),
      );
    // A click anywhere in the row.
    await rows(page).nth(1).getByRole('cell').nth(5).click();
    await page.getByRole('heading', { name: `Call ${ids[1]}` }).waitFor();
    await page.getByRole('link', { name: 'Older call' }).click();
    await page.getByRole('heading', { name: `Call ${ids[2]}` }).waitFor();
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.waitForURL(/\/calls\?/);
    expect(new URL(page.url()).search).toBe('?range=7d&outcome=transfer');
    expect(problems).toEqual([]);
  });

  it('is downloaded as it is shown', async () => {
    const { page } = await signedIn('/calls?range=7d&outcome=transfer');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download List of calls as CSV' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toMatch(/^id,started_at,number,caller,/);
    expect(lines.length - 1).toBe(await rows(page).count());
    expect(lines.slice(1).every((line) => line.includes(',transfer,'))).toBe(true);
  });

  it('says why a call cannot be opened', async () => {
    const { page } = await signedIn('/call?id=of-nobody');
    await page.getByText('There is no call of-nobody among the numbers that you see.').waitFor();
  });
});
