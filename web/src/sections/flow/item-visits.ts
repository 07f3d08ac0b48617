import { useMemo } from 'react';
import { figureOf, type Question, type ReportRow, textOf, useReport } from '../../api/report.ts';
import { keyOf } from './moves.ts';
import type { ItemVisits } from './spots.ts';

/** How visits of an application's form items ended. */
export const visitsQuestion = (application: string): Question => ({
  metrics: ['visits', 'visits_disconnect', 'visits_nomatch', 'visits_noinput', 'loops'],
  by: 'form_item',
  application,
  limit: 1000,
  compares: false,
});

export const keyOfRow = (row: ReportRow): string =>
  keyOf({ kind: 'item', page: textOf(row, 'page'), form: textOf(row, 'form'), item: textOf(row, 'item') });

/** By the key of the form item's node; empty until they are there. */
export function useItemVisits(application: string): ReadonlyMap<string, ItemVisits> {
  const { data } = useReport(visitsQuestion(application), { isCalm: true });
  return useMemo(
    () =>
      new Map(
        (data?.rows ?? []).map((row) => [
          keyOfRow(row),
          { visits: figureOf(row, 'visits') ?? 0, hungUp: figureOf(row, 'visits_disconnect') ?? 0 },
        ]),
      ),
    [data],
  );
}
