import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPassword } from '../harness/server.ts';
import { launchBrowser, openPage } from './browser.ts';
import { fillIn, logIn, loginState, sentValue, testClient, waitForReference } from './reference-page.ts';
import { startSite } from './site.ts';

let browser: Browser;
let site: Awaited<ReturnType<typeof startSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite()]);
});
afterAll(() => Promise.all([browser.close(), site.close()]));

const open = (request: string) => openPage(browser, `${site.address}/docs?try=${encodeURIComponent(request)}`);

/** Presses the button below the fields; returns the link that is then in the clipboard. */
async function copiedLink(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link to this request' }).click();
  await page.getByText('Copied.').waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

describe('a link to a request', () => {
  it('opens it with exactly its values, ready to be sent', async () => {
    const { page, problems } = await open('GET /api/performance/20180205/20180209/week/%2B16173990000');
    const client = await testClient(page);
    expect(await sentValue(client, 'start')).toBe('20180205');
    expect(await sentValue(client, 'end')).toBe('20180209');
    expect(await sentValue(client, 'period')).toBe('week');
    expect(await sentValue(client, 'phone')).toBe('+16173990000');
    expect(problems).toEqual([]);
  });

  it('shows the operation behind it, once the client is closed', async () => {
    const { page } = await open('GET /api/performance/20180205/20180209/week/ALL');
    await testClient(page);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Performance' }).first().waitFor();
    await expect
      .poll(() =>
        page.evaluate(() => document.elementFromPoint(innerWidth / 2, innerHeight / 3)?.closest('section')?.innerText),
      )
      .toMatch(/^Performance/);
  });

  it('sends of the query what it has, and no more', async () => {
    const { page } = await open('GET /api/v2/report?start=2018-02-01&end=2018-02-08&metrics=calls,loops');
    const client = await testClient(page);
    expect(await sentValue(client, 'metrics')).toBe('calls, loops');
    expect(await sentValue(client, 'period')).toBeNull();
  });

  it('sends a value again and again where it has several, and is copied with them', async () => {
    const query = '?start=2018-02-01&end=2018-02-08&metrics=calls,loops&number=6173990000&number=6173990001';
    const { page } = await open(`GET /api/v2/report${query}`);
    const client = await testClient(page);
    const sent = page.waitForRequest(/v2\/report/);
    await client.getByRole('button', { name: /^Send/ }).first().click();
    expect(new URL((await sent).url()).search.replace('%2C', ',')).toBe(query);
    expect(new URL(await copiedLink(page)).searchParams.get('try')).toBe(`GET /api/v2/report${query}`);
  });

  it('has a parameter as soon as something is typed for it', async () => {
    const { page } = await open('GET /api/v2/report?start=2018-02-01&end=2018-02-08');
    const client = await testClient(page);
    await fillIn(client, 'number', '6173990000');
    expect(new URL(await copiedLink(page)).searchParams.get('try')).toBe(
      'GET /api/v2/report?start=2018-02-01&end=2018-02-08&number=6173990000',
    );
  });

  it('is copied as the request is filled in at the moment, and reproduces it in another browser', async () => {
    const { page } = await open('GET /api/performance/20180205/20180209/week/ALL');
    const client = await testClient(page);
    await fillIn(client, 'end', '20180206');
    await fillIn(client, 'phone', '617 399 0000');
    const link = await copiedLink(page);
    expect(link).toBe(`${site.address}/docs?try=GET%20/api/performance/20180205/20180206/week/617%2520399%25200000`);
    const { page: other } = await openPage(browser, link);
    const shown = await testClient(other);
    expect(await sentValue(shown, 'end')).toBe('20180206');
    expect(await sentValue(shown, 'phone')).toBe('617 399 0000');
  });

  it('has no secret in it, whatever was logged in with or typed', async () => {
    const { page } = await open('GET /api/performance/20180205/20180209/week/ALL');
    await testClient(page);
    await page.keyboard.press('Escape');
    await logIn(page, testPassword);
    await loginState(page);
    await page.getByRole('button', { name: /Test Request.*performance/ }).click();
    expect(await copiedLink(page)).toBe(`${site.address}/docs?try=GET%20/api/performance/20180205/20180209/week/ALL`);
  });

  it.each([
    { request: 'nonsense', says: /This link cannot be shown: “nonsense” is no request/ },
    { request: 'GET /api/nothing/here', says: /there is no operation for GET \/api\/nothing\/here/ },
    { request: 'GET /api/performance/%/1/day/ALL', says: /there is no operation for GET/ },
    { request: 'POST /api/auth?password=secret', says: /POST \/api\/auth has no parameter password/ },
    { request: '<img src=x onerror=alert(1)>', says: /“<img src=x onerror=alert\(1\)>” is no request/ },
  ])('says what is wrong with $request, above the whole reference', async ({ request, says }) => {
    const { page, problems } = await open(request);
    await waitForReference(page);
    expect(await page.getByRole('alert').first().innerText()).toMatch(says);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(problems).toEqual([]);
  });
});
