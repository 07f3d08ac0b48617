import chromium from '@sparticuz/chromium';
import {
  type Browser,
  type BrowserContextOptions,
  type ConsoleMessage,
  type Page,
  chromium as playwright,
} from 'playwright-core';

/** A page that is watched: what a reader would not see, but a developer would. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors in the console, violations of the content security policy, exceptions, and requests to other hosts. */
  readonly problems: readonly string[];
}

/** The Chromium of the package, or the browser that VOXGAUGE_TEST_BROWSER names. One that is missing is a failure. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['VOXGAUGE_TEST_BROWSER'] ?? (await chromium.executablePath());
  return playwright.launch({
    executablePath,
    headless: true,
    // Not those that the package recommends, which switch off what is to be tested. No name but our own address leads anywhere.
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

/** Opens an address of the site in a browser context of its own, with nothing stored from before. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const { origin } = new URL(address);
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isSignedOut(message)) problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) problems.push(`request: ${url}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  await page.goto(address);
  return { page, problems };
}

/** What the browser says of the answer to whoever has not signed in to the dashboard yet. */
const isSignedOut = (message: ConsoleMessage): boolean =>
  new URL(message.location().url || 'about:blank').pathname === '/dashboard/session' && message.text().includes('401');
