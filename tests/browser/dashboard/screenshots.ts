import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, openPage } from '../browser.ts';
import { startDemoSite } from './demo-site.ts';
import { settled, signIn } from './sign-in.ts';
import { views } from './views.ts';

/**
 * `node tests/browser/dashboard/screenshots.ts [NAME…]`: pictures of the dashboard with the calls of the demo, in the folder
 * `screenshots`; those whose name begins with one of the names, or all. The name `readme` makes those of the README, in `docs`.
 */

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'screenshots');

const shapes = [
  { shape: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { shape: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { shape: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const [browser, site] = await Promise.all([launchBrowser(), startDemoSite()]);
for (const { shape, ...options } of shapes) {
  const { page, problems } = await openPage(browser, `${site.address}/`, options);
  await signIn(page, site);
  for (const { name, path } of views.filter(
    (view) => wanted.length === 0 || wanted.some((each) => view.name.startsWith(each)),
  )) {
    await page.goto(`${site.address}${await path(page)}`);
    await settled(page);
    await page.screenshot({
      path: join(folder, `dashboard-${name}-${shape}.png`),
      fullPage: true,
      animations: 'disabled',
    });
  }
  if (wanted.includes('readme') && shape !== 'phone') {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${site.address}/performance`);
    await settled(page);
    await page.screenshot({ path: join(root, `docs/dashboard-${shape}.png`), animations: 'disabled' });
  }
  for (const problem of problems) console.error(`${shape}: ${problem}`);
  await page.context().close();
}
await Promise.all([browser.close(), site.close()]);
console.log(`${folder} has the pictures`);
