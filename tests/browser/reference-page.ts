import type { Locator, Page } from 'playwright-core';

/** What a reader does on the page of the API reference, and what they see there. */

/** Waits until the reference is there. */
export async function waitForReference(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /Test Request/ })
    .first()
    .waitFor();
}

/** Logs in by the bar above the reference. */
export async function logIn(page: Page, password: string): Promise<void> {
  await waitForReference(page);
  await page.locator('#login [name=tool]').selectOption('dev');
  await page.locator('#login [name=login]').fill('plum');
  await page.locator('#login [name=password]').fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

/** What the bar says in the end: done, or failed with the server's sentence. */
export async function loginState(page: Page): Promise<{ readonly kind: string | null; readonly text: string | null }> {
  const state = page.locator('#login output:is([data-kind=done], [data-kind=failed])');
  await state.waitFor();
  return { kind: await state.getAttribute('data-kind'), text: await state.textContent() };
}

/** The field for the login of HTTP Basic, in the introduction. */
export const userName = (page: Page): Locator => page.locator('.scalar-reference-intro-auth [contenteditable]').first();

/** The dialog in which a request is filled in and sent. */
export async function testClient(page: Page): Promise<Locator> {
  const client = page.getByRole('dialog').filter({ hasText: 'Copy link to this request' });
  await client.waitFor();
  return client;
}

/** A field of the test client, in the row of its parameter. */
const rowOf = (client: Locator, name: string): Locator => client.locator(`tr[id="${name}"]`);

/** What is filled in for a parameter; null when it is not sent. */
export async function sentValue(client: Locator, name: string): Promise<string | null> {
  const row = rowOf(client, name);
  const isSent = await row.getByRole('checkbox').isChecked();
  const [, , value = ''] = await row.locator('td').allInnerTexts();
  return isSent ? value.trim() : null;
}

export async function fillIn(client: Locator, name: string, value: string): Promise<void> {
  await rowOf(client, name).locator('[contenteditable][aria-label$=Value]').fill(value);
}

/** Sends the request; returns the status and the body as the reader then sees them. */
export async function send(client: Locator): Promise<{ readonly status: string; readonly body: unknown }> {
  await client.getByRole('button', { name: /^Send/ }).first().click();
  const response = client.getByRole('region', { name: 'Response', exact: true });
  const body = response.locator('.cm-content');
  await body.waitFor();
  const [, status = ''] = /Status:\s*(\d+)/.exec(await response.innerText()) ?? [];
  return { status, body: JSON.parse(await body.innerText()) };
}
