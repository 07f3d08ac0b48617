import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from './browser.ts';
import { testClient, waitForReference } from './reference-page.ts';
import { startSite } from './site.ts';

let browser: Browser;
let site: Awaited<ReturnType<typeof startSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite()]);
});
afterAll(() => Promise.all([browser.close(), site.close()]));

describe('the API reference', () => {
  it('shows every operation with the network closed, within its policy and without an error', async () => {
    const { page, problems } = await openPage(browser, `${site.address}/docs`);
    await waitForReference(page);
    const document: { paths: Record<string, object> } = await (await fetch(`${site.address}/openapi.json`)).json();
    const text = await page.locator('#reference').innerText();
    expect(Object.keys(document.paths).filter((path) => !text.includes(path))).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('offers nothing that leads elsewhere: no assistant, no client to install, no link to its maker', async () => {
    const { page } = await openPage(browser, `${site.address}/docs`);
    await waitForReference(page);
    await expect(page.locator('#reference a[href^=http]:visible').count()).resolves.toBe(0);
    expect(await page.locator('#reference').innerText()).not.toMatch(
      /Ask AI|MCP|Powered by|Open API Client|Generate SDK/i,
    );
  });

  it('shows requests in curl, PHP, Python, JavaScript and Go, and in nothing else', async () => {
    const { page } = await openPage(browser, `${site.address}/docs`);
    await waitForReference(page);
    await page
      .getByRole('button', { name: /Shell Curl/ })
      .first()
      .click();
    const groups = page.getByRole('listbox').getByRole('group');
    await groups.first().waitFor();
    const languages = (await groups.allInnerTexts()).map((text) => text.split('\n')[0]);
    expect(languages.sort()).toEqual(['Go', 'JavaScript', 'PHP', 'Python', 'Shell']);
  });

  it.each([
    { language: /cURL/, group: 'PHP', looksLike: /curl_init\(\s*"?.*curl_exec/s },
    { language: /Requests/, group: 'Python', looksLike: /requests\.get\(/ },
    { language: /Fetch/, group: 'JavaScript', looksLike: /fetch\('http/ },
    { language: /NewRequest/, group: 'Go', looksLike: /http\.NewRequest\("GET"/ },
  ])('writes $group', async ({ language, looksLike }) => {
    const { page } = await openPage(
      browser,
      `${site.address}/docs?try=GET%20/api/performance/20180201/20180208/day/ALL`,
    );
    const client = await testClient(page);
    await client.getByText('Code Snippet').click();
    await client.getByRole('button', { name: /Shell Curl/ }).click();
    await page.getByRole('option', { name: language }).last().click();
    await expect.poll(() => client.locator('code').last().innerText()).toMatch(looksLike);
    expect(await client.locator('code').last().innerText()).toContain('/api/performance/20180201/20180208/day/ALL');
  });

  it.each([
    { colorScheme: 'dark', other: 'Light', isDark: true },
    { colorScheme: 'light', other: 'Dark', isDark: false },
  ] as const)(
    'is $colorScheme where the system is, until the reader chooses',
    async ({ colorScheme, other, isDark }) => {
      const { page, problems } = await openPage(browser, `${site.address}/docs`, { colorScheme });
      await waitForReference(page);
      const brightness = () =>
        page.evaluate(() =>
          ['body', '.scalar-app'].map((selector) => {
            const element = document.querySelector(selector);
            const [red = 0] =
              (element === null ? '' : getComputedStyle(element).color).match(/\d+/g)?.map(Number) ?? [];
            return red > 128;
          }),
        );
      expect(await brightness()).toEqual([isDark, isDark]);
      await page.getByRole('button', { name: other, exact: true }).click();
      expect(await brightness()).toEqual([!isDark, !isDark]);
      await page.reload();
      await waitForReference(page);
      expect(await brightness()).toEqual([!isDark, !isDark]);
      expect(problems).toEqual([]);
    },
  );

  it('fits a telephone', async () => {
    const { page, problems } = await openPage(browser, `${site.address}/docs`, {
      viewport: { width: 390, height: 844 },
    });
    await waitForReference(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(problems).toEqual([]);
  });

  it('has a test client that fits a telephone, also with a long body', async () => {
    const viewport = { width: 390, height: 844 };
    const { page } = await openPage(browser, `${site.address}/docs?try=POST%20/ingest/v1/calls`, { viewport });
    const send = (await testClient(page)).getByRole('button', { name: /^Send/ }).first();
    const box = await send.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? viewport.width)).toBeLessThanOrEqual(viewport.width);
  });
});
