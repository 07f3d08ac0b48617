import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guidePath, guideSummaries } from '../../src/http/docs/guides.ts';
import { launchBrowser, openPage } from './browser.ts';
import { startSite } from './site.ts';

let browser: Browser;
let site: Awaited<ReturnType<typeof startSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite()]);
});
afterAll(() => Promise.all([browser.close(), site.close()]));

const paths = ['/docs/guides', ...Object.keys(guideSummaries).map(guidePath)];
const telephone = { width: 390, height: 844 };

describe.each(paths)('%s', (path) => {
  it.each(['light', 'dark'] as const)('is read in %s colours with enough contrast', async (colorScheme) => {
    const { page, problems } = await openPage(browser, `${site.address}${path}`, { colorScheme });
    expect(await page.evaluate(lowContrast)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('fits a telephone: what is wider scrolls inside itself', async () => {
    const { page } = await openPage(browser, `${site.address}${path}`, { viewport: telephone });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(telephone.width);
  });
});

describe('the guides', () => {
  it('are reached from the reference, and lead back to it', async () => {
    const { page, problems } = await openPage(browser, `${site.address}/docs`);
    await page.getByRole('navigation', { name: 'Documentation' }).getByRole('link', { name: 'Guides' }).click();
    await page.getByRole('main').getByRole('link', { name: 'Metrics' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Metrics');
    await page.getByRole('link', { name: 'API reference' }).first().click();
    await page.waitForURL(`${site.address}/docs`);
    expect(problems).toEqual([]);
  });

  it('show where the keyboard is', async () => {
    const { page } = await openPage(browser, `${site.address}/docs/guides`);
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return `${outlineWidth} ${outlineStyle}`;
    });
    expect(outline).toBe('2px solid');
  });
});

/** Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, AA). Runs in the page. */
function lowContrast(): readonly string[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = channels(color)
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const backgroundOf = (element: Element | null): string => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return (channels(backgroundColor)[3] ?? 1) === 0 ? backgroundOf(element.parentElement) : backgroundColor;
  };
  const ratio = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  return [...document.querySelectorAll('body *')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
    .filter((element) => element.checkVisibility())
    .map((element) => ({ element, color: getComputedStyle(element).color, background: backgroundOf(element) }))
    .filter(({ color, background }) => ratio(luminance(color), luminance(background)) < 4.5)
    .map(({ element, color, background }) => `${element.textContent?.slice(0, 40)}: ${color} on ${background}`);
}
