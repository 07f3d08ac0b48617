import { type Day, dayOf } from './calendar.ts';

/**
 * For how long documents are kept. They go by the month in which their calls started, in UTC, of all accounts at once; the sums that
 * they have made stay.
 */

/** Months since 1970-01, in UTC. */
export type Month = number;

const dayMs = 86_400_000;
const daySeconds = 86_400;

const firstDayOf = (month: Month): Day => {
  const year = 1970 + Math.floor(month / 12);
  return dayOf({ year, month: month - 12 * (year - 1970) + 1, day: 1 });
};

/** UNIX milliseconds of the first instant of a month. */
export const firstInstantMsOf = (month: Month): number => firstDayOf(month) * dayMs;

/** `2018-02` */
export function printMonth(month: Month): string {
  const year = 1970 + Math.floor(month / 12);
  return `${String(year).padStart(4, '0')}-${String(month - 12 * (year - 1970) + 1).padStart(2, '0')}`;
}

/** null where it is no month as {@link printMonth} spells them. */
export function parseMonth(text: string): Month | null {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  return year === undefined ? null : (Number(year) - 1970) * 12 + Number(month) - 1;
}

/** From where on the documents of every row of sums are all there. */
export interface WholeRows {
  /** Local days, of whatever zone. */
  readonly firstDay: Day;
  /** First instants of hours, UNIX seconds. */
  readonly firstHour: number;
}

/**
 * Clocks are less than a day ahead of UTC, so no call before the first instant of a month counts on a local day later than that
 * instant's in UTC. One day more is left out, so that nothing depends on how far ahead a clock was.
 */
export function wholeRowsFrom(month: Month): WholeRows {
  const firstDay = firstDayOf(month) + 2;
  return { firstDay, firstHour: firstDay * daySeconds };
}
