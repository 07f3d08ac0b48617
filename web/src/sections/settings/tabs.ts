/** The pages of the settings, in order; each has an address of its own. */
export const settingsTabs = [
  { name: 'numbers', title: 'Numbers' },
  { name: 'keys', title: 'Ingest keys' },
  { name: 'tokens', title: 'API tokens' },
  { name: 'users', title: 'Users' },
  { name: 'account', title: 'Account' },
  { name: 'quarantine', title: 'Quarantine' },
  { name: 'retention', title: 'Retention' },
] as const;

export type SettingsTab = (typeof settingsTabs)[number];

/** The page of a path: `/settings` shows the first; null where there is none. */
export function settingsTabOf(path: string): SettingsTab | null {
  if (path === '/settings') return settingsTabs[0];
  return settingsTabs.find(({ name }) => path === `/settings/${name}`) ?? null;
}
