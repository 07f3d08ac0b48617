import { locale } from '../../format/locale.ts';

/** Months of UTC as text, `2026-01`: they compare as text. */
export type Month = string;

export const monthOf = (ms: number): Month => new Date(ms).toISOString().slice(0, 7);

const startOf = (month: Month): Date => new Date(`${month}-01T00:00:00Z`);

export function monthsEarlier(month: Month, months: number): Month {
  const date = startOf(month);
  date.setUTCMonth(date.getUTCMonth() - months);
  return monthOf(date.getTime());
}

const longest = 240;

/** Months from which on documents can be kept, the latest first: months that are over, and later than it is now. */
export function possibleMonths(keptFrom: Month | null, nowMs: number): readonly Month[] {
  const current = monthOf(nowMs);
  return Array.from({ length: longest }, (_, months) => monthsEarlier(current, months + 1)).filter(
    (month) => keptFrom === null || month > keptFrom,
  );
}

const format = new Intl.DateTimeFormat(locale, {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `January 2026` */
export const printMonth = (month: Month): string => format.format(startOf(month));
