import chromium from '@sparticuz/chromium';

/** Unpacks the browser once, before several files of tests would do so at the same time and start what is not finished. */
export async function setup(): Promise<void> {
  if (process.env['VOXGAUGE_TEST_BROWSER'] === undefined) await chromium.executablePath();
}
