import { launchBrowser, openPage } from '../browser.ts';
import { startDemoSite } from './demo-site.ts';
import { signIn } from './sign-in.ts';

/**
 * `node tests/browser/dashboard/visits.ts COUNT`: opens the overview with the calls of the demo, signed in and with an empty cache, so
 * many times, and prints as JSON how long each visit took. The benchmark asks for it.
 */

export interface Visits {
  readonly chromium: string;
  readonly visits: readonly Visit[];
}

export interface Visit {
  /** From the request of the page until the first figures are on it. */
  readonly figuresMs: number;
  /** What came over the wire until then, compressed: the page, scripts and styles, but for the engine of the graphs. */
  readonly bytes: number;
}

const count = Number(process.argv[2] ?? 1);
const [browser, site] = await Promise.all([launchBrowser(), startDemoSite()]);
try {
  const printed: Visits = { chromium: browser.version(), visits: await visitAgain() };
  console.log(JSON.stringify(printed));
} finally {
  // A demo that is left behind would keep whoever waits for this process waiting.
  await Promise.all([browser.close(), site.close()]);
}

async function visitAgain(): Promise<readonly Visit[]> {
  const { page } = await openPage(browser, `${site.address}/`);
  await signIn(page, site);
  const storageState = await page.context().storageState();
  const visits: Visit[] = [];
  for (let index = 0; index < count; index += 1) {
    const context = await browser.newContext({ storageState, locale: 'en-US', viewport: { width: 1440, height: 900 } });
    const visited = await context.newPage();
    await visited.goto(`${site.address}/`, { waitUntil: 'commit' });
    await visited.locator('.tile-value').first().waitFor();
    visits.push(await visited.evaluate(visitOf));
    await context.close();
  }
  return visits;
}

/** Runs in the page, when the figures are there. */
function visitOf(): Visit {
  const figuresMs = performance.now();
  const loaded = performance.getEntries().filter((entry) => entry instanceof PerformanceResourceTiming);
  // The engine comes when the first graph is shown, which may be before or after the first figures.
  const files = loaded.filter(({ name }) => !/^\/(dashboard|assets\/engine-)/.test(new URL(name).pathname));
  return { figuresMs, bytes: files.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) };
}
