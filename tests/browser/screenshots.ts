import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testPassword } from '../harness/server.ts';
import { launchBrowser, openPage } from './browser.ts';
import { logIn, loginState, send, testClient, waitForReference } from './reference-page.ts';
import { startSite } from './site.ts';

/** `npm run screenshots`: pictures of the documentation for somebody to look at, in the folder `screenshots`. */

const folder = join(import.meta.dirname, '../../screenshots');
const request = 'GET%20/api/performance/20180205/20180208/week/ALL';

const views = [
  { name: 'reference', path: '/docs' },
  { name: 'request', path: `/docs?try=${request}` },
  { name: 'answer', path: `/docs?try=${request}` },
  { name: 'broken-link', path: '/docs?try=nonsense' },
  { name: 'guides', path: '/docs/guides' },
  { name: 'guide-quick-start', path: '/docs/guides/quick-start' },
  { name: 'guide-authentication', path: '/docs/guides/authentication' },
  { name: 'guide-sending-calls', path: '/docs/guides/sending-calls' },
  { name: 'guide-reports-api', path: '/docs/guides/reports-api' },
] as const;

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const [browser, site] = await Promise.all([launchBrowser(), startSite()]);
for (const { name, path } of views) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await openPage(browser, `${site.address}${path}`, { viewport, colorScheme });
      if (path.startsWith('/docs?try=GET')) await testClient(page);
      else if (!path.startsWith('/docs/')) await waitForReference(page);
      if (name === 'answer') {
        await page.keyboard.press('Escape');
        await logIn(page, testPassword);
        await loginState(page);
        await page.getByRole('button', { name: /Test Request.*performance/ }).click();
        await send(await testClient(page));
      }
      // A dialog that fades in is to be seen as it is in the end.
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' });
      await page.context().close();
    }
  }
}
await Promise.all([browser.close(), site.close()]);
console.log(`${folder} has the pictures`);
