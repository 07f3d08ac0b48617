/** The pages of the dashboard: each address answers the same document, and the script in it shows the page. */
export const appPaths = [
  '/',
  '/volume',
  '/events',
  '/performance',
  '/flow',
  '/callers',
  '/calls',
  '/call',
  '/settings',
  '/settings/*',
  '/sign-in',
] as const;
