import type { ComponentType } from 'react';
import {
  CallersIcon,
  CallsIcon,
  EventsIcon,
  FlowIcon,
  OverviewIcon,
  PerformanceIcon,
  SettingsIcon,
  VolumeIcon,
} from '../parts/icons.tsx';
import { settingsTabOf } from '../sections/settings/tabs.ts';

export interface Section {
  readonly path: string;
  readonly title: string;
  readonly icon: ComponentType<{ readonly size?: number }>;
  /** Which filters apply. */
  readonly filters: 'all' | 'days' | 'none';
}

/** The sections of the dashboard in the order of its menu. */
export const sections: readonly Section[] = [
  { path: '/', title: 'Overview', icon: OverviewIcon, filters: 'all' },
  { path: '/volume', title: 'Call volume', icon: VolumeIcon, filters: 'all' },
  { path: '/events', title: 'Event tracker', icon: EventsIcon, filters: 'all' },
  { path: '/performance', title: 'Performance', icon: PerformanceIcon, filters: 'all' },
  { path: '/flow', title: 'Diagnostic flow', icon: FlowIcon, filters: 'days' },
  { path: '/callers', title: 'Caller profile', icon: CallersIcon, filters: 'all' },
  { path: '/calls', title: 'Calls', icon: CallsIcon, filters: 'days' },
  { path: '/settings', title: 'Settings', icon: SettingsIcon, filters: 'none' },
];

/** The section of a path; `/call` belongs to the calls. */
export const sectionOf = (path: string): Section | undefined =>
  path === '/call'
    ? sections.find((section) => section.path === '/calls')
    : sections.find(
        (section) => section.path === path || (section.path !== '/' && path.startsWith(`${section.path}/`)),
      );

/** What the window is named after. */
export function pageTitle(path: string): string {
  const title = sectionOf(path)?.title ?? 'Not found';
  if (path === '/call') return 'Call';
  const tab = settingsTabOf(path);
  return tab === null ? title : `${tab.title} · ${title}`;
}
