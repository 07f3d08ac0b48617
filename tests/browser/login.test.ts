import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPassword } from '../harness/server.ts';
import { launchBrowser, openPage } from './browser.ts';
import { logIn, loginState, send, testClient, userName, waitForReference } from './reference-page.ts';
import { startSite } from './site.ts';

let browser: Browser;
let site: Awaited<ReturnType<typeof startSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite()]);
});
afterAll(() => Promise.all([browser.close(), site.close()]));

const path = '/api/performance/20180205/20180208/week/ALL';

describe('the login above the reference', () => {
  it('logs in, and the answer to a request is the one that any client gets', async () => {
    const { page, problems } = await openPage(browser, `${site.address}/docs?try=GET%20${path}`);
    const client = await testClient(page);
    await page.keyboard.press('Escape');
    await logIn(page, testPassword);
    expect(await loginState(page)).toMatchObject({ kind: 'done', text: expect.stringMatching(/as plum\..*24 hours/) });
    await page.getByRole('button', { name: /Test Request.*performance/ }).click();
    const answer = await send(client);
    const response = await fetch(`${site.address}${path}`, { headers: { authorization: await site.logIn() } });
    expect(answer).toEqual({ status: '200', body: await response.json() });
    expect(answer.body).toMatchObject({ calls: { 1517806800: 1 } });
    expect(problems).toEqual([]);
  });

  it('logs in for the reports API too, which also takes a token', async () => {
    const report = 'GET%20/api/v2/report?start=2018-02-05%26end=2018-02-08';
    const { page, problems } = await openPage(browser, `${site.address}/docs?try=${report}`);
    const client = await testClient(page);
    await page.keyboard.press('Escape');
    await logIn(page, testPassword);
    await loginState(page);
    await page.getByRole('button', { name: /Test Request.*v2.report/ }).click();
    expect(await send(client)).toMatchObject({ status: '200', body: { rows: [{ calls: 1 }] } });
    expect(problems).toEqual([]);
  });

  it('is not taken for what needs a key', async () => {
    const { page } = await openPage(browser, `${site.address}/docs?try=POST%20/ingest/v1/calls`);
    const client = await testClient(page);
    await page.keyboard.press('Escape');
    await logIn(page, testPassword);
    await loginState(page);
    await page.getByRole('button', { name: /Test Request.*ingest/ }).click();
    expect(await send(client)).toMatchObject({ status: '401', body: { error: expect.stringContaining('ingest key') } });
  });

  it('stands beside the field for a key, with which a call is sent from the page', async () => {
    const { page, problems } = await openPage(browser, `${site.address}/docs?try=POST%20/ingest/v1/calls`);
    const client = await testClient(page);
    await client.getByRole('textbox', { name: 'Bearer Token' }).fill(site.key);
    expect(await send(client)).toMatchObject({ status: '200', body: { rejected: [] } });
    expect(problems).toEqual([]);
  });

  it('takes the place of credentials that were typed before', async () => {
    const { page } = await openPage(browser, `${site.address}/docs?try=GET%20${path}`);
    const client = await testClient(page);
    await page.keyboard.press('Escape');
    await userName(page).fill('somebody');
    await logIn(page, testPassword);
    await loginState(page);
    await page.getByRole('button', { name: /Test Request.*performance/ }).click();
    expect((await send(client)).status).toBe('200');
  });

  it("says the server's own sentence when the password is wrong", async () => {
    const { page, problems } = await openPage(browser, `${site.address}/docs`);
    await logIn(page, 'wrong');
    const refused = await fetch(`${site.address}/api/auth`, {
      method: 'POST',
      body: new URLSearchParams({ tool: 'dev', login: 'plum', password: 'wrong' }),
    });
    const { error } = await refused.json();
    expect(await loginState(page)).toEqual({ kind: 'failed', text: error });
    // The console tells of the 401 itself, and of nothing else.
    expect(problems.filter((problem) => !problem.includes('status of 401'))).toEqual([]);
  });

  it('leaves no secret in the browser, and none in the page once it is loaded anew', async () => {
    const { page } = await openPage(browser, `${site.address}/docs`);
    await logIn(page, testPassword);
    await loginState(page);
    const given = await userName(page).innerText();
    expect(given).toMatch(/^[0-9a-f]{32}$/);
    const stored = await page.evaluate(async () =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases()]),
    );
    expect(stored).not.toContain(testPassword);
    expect(stored).not.toContain(given);
    expect(page.url()).not.toMatch(/password|[0-9a-f]{32}/);
    expect(await page.locator('#login [name=password]').inputValue()).toBe('');
    await page.reload();
    await waitForReference(page);
    expect(await page.content()).not.toContain(given);
  });
});
