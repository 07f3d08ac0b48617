import { expect, it } from 'vitest';
import { settingsTabOf } from './tabs.ts';

it.each([
  { path: '/settings', title: 'Numbers' },
  { path: '/settings/numbers', title: 'Numbers' },
  { path: '/settings/quarantine', title: 'Quarantine' },
  { path: '/settings/other', title: undefined },
  { path: '/settings/numbers/1', title: undefined },
  { path: '/calls', title: undefined },
])('$path shows $title', ({ path, title }) => {
  expect(settingsTabOf(path)?.title).toBe(title);
});
