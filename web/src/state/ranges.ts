import { addDays, type Day, firstOfMonth, firstOfWeek, monthsLater } from './days.ts';

/** Days that are looked at, both inclusive. */
export interface DaySpan {
  readonly start: Day;
  readonly end: Day;
}

interface Preset {
  readonly label: string;
  readonly span: (today: Day, weekStart: number) => DaySpan;
}

const lastDays = (count: number) => (today: Day) => ({ start: addDays(today, 1 - count), end: today });

/** The usual ranges, by the name that they have in an address. */
export const presets = {
  today: { label: 'Today', span: (today) => ({ start: today, end: today }) },
  yesterday: { label: 'Yesterday', span: (today) => ({ start: addDays(today, -1), end: addDays(today, -1) }) },
  '7d': { label: 'Last 7 days', span: lastDays(7) },
  '28d': { label: 'Last 28 days', span: lastDays(28) },
  '90d': { label: 'Last 90 days', span: lastDays(90) },
  week: { label: 'This week', span: (today, weekStart) => ({ start: firstOfWeek(today, weekStart), end: today }) },
  'last-week': {
    label: 'Last week',
    span: (today, weekStart) => {
      const start = addDays(firstOfWeek(today, weekStart), -7);
      return { start, end: addDays(start, 6) };
    },
  },
  month: { label: 'This month', span: (today) => ({ start: firstOfMonth(today), end: today }) },
  'last-month': {
    label: 'Last month',
    span: (today) => ({ start: monthsLater(today, -1), end: addDays(firstOfMonth(today), -1) }),
  },
  '12m': { label: 'Last 12 months', span: (today) => ({ start: monthsLater(today, -11), end: today }) },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

export const presetNames: readonly PresetName[] = [
  'today',
  'yesterday',
  '7d',
  '28d',
  '90d',
  'week',
  'last-week',
  'month',
  'last-month',
  '12m',
];

export const usualPreset: PresetName = '28d';

export const presetOf = (name: string | null): PresetName | null =>
  presetNames.find((candidate) => candidate === name) ?? null;
