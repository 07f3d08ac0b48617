import type { Page } from 'playwright-core';

/** What of the dashboard is looked at: in pictures, and by the tests that hold for every page of it. */
export interface View {
  readonly name: string;
  readonly path: (page: Page) => string | Promise<string>;
}

const at = (path: string) => () => path;

export const views: readonly View[] = [
  { name: 'overview', path: at('/') },
  { name: 'overview-compared', path: at('/?compare=previous') },
  { name: 'volume', path: at('/volume?compare=previous') },
  { name: 'events', path: at('/events') },
  { name: 'performance', path: at('/performance') },
  {
    name: 'performance-page',
    path: at('/performance?page=balance.php&application=https%3A%2F%2Fharbor.example%2Fstart.php&compare=previous'),
  },
  { name: 'flow', path: at('/flow') },
  { name: 'callers', path: at('/callers') },
  { name: 'calls', path: at('/calls') },
  { name: 'calls-found', path: at('/calls?error=any&page=balance.php') },
  { name: 'call', path: failedCall },
  { name: 'settings-numbers', path: at('/settings/numbers') },
  { name: 'settings-keys', path: at('/settings/keys') },
  { name: 'settings-tokens', path: at('/settings/tokens') },
  { name: 'settings-users', path: at('/settings/users') },
  { name: 'settings-account', path: at('/settings/account') },
  { name: 'settings-quarantine', path: at('/settings/quarantine') },
  { name: 'settings-retention', path: at('/settings/retention') },
];

/** The latest call with a script error. */
async function failedCall(page: Page): Promise<string> {
  const id = await page.evaluate(async () => {
    const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
    const response = await fetch(`/dashboard/calls?start=${day(60)}&end=${day(1)}&error=js&limit=1`);
    const { calls }: { calls: readonly { readonly id: string }[] } = await response.json();
    return calls[0]?.id;
  });
  if (id === undefined) throw new Error('the demo has no call with a script error');
  return `/call?id=${encodeURIComponent(id)}`;
}
