import { useMemo } from 'react';
import { useSession } from '../api/session.ts';
import { addressOf, changeQuery, usePlace, withChanges } from '../router/location.ts';
import { useNow } from './now.ts';
import { type DaySpan, type PresetName, usualPreset } from './ranges.ts';
import { type Filters, readFilters } from './read-filters.ts';

export { type Filters, type Period, periods } from './read-filters.ts';

/** Parameters that follow the reader from section to section. */
const sharedParameters = ['range', 'start', 'end', 'period', 'number', 'compare'] as const;

export function useFilters(): Filters {
  const { query } = usePlace();
  const { account } = useSession();
  const minute = useNow();
  const { time_zone: timeZone, week_start: weekStart } = account;
  return useMemo(
    () => readFilters(query, { timeZone, weekStart, now: new Date(minute) }),
    [query, timeZone, weekStart, minute],
  );
}

export const chooseRange = (span: PresetName | DaySpan): void =>
  typeof span === 'string'
    ? changeQuery({ range: span === usualPreset ? null : span, start: null, end: null, period: null })
    : changeQuery({ range: null, start: span.start, end: span.end, period: null });

/** The address of another page that looks at the same, with parameters of its own. */
export function useAddress(): (
  path: string,
  own?: Readonly<Record<string, string | readonly string[] | null>>,
) => string {
  const { query } = usePlace();
  return (path, own = {}) => {
    const shared = new URLSearchParams([...query].filter(([name]) => sharedParameters.some((each) => each === name)));
    return addressOf(path, withChanges(shared, own));
  };
}
