import type { DayRange } from '../buckets.ts';
import type { Region } from '../phone.ts';
import type { ReportPlan, ReportSums } from './sums.ts';

/** Calls by the region of the caller's number. Callers that are withheld, or of no region that is known, are in none. */
export interface CallsByRegion {
  readonly us: {
    /** Every state and DC, in the order of {@link usStates}. */
    readonly states: readonly { readonly state: string; readonly calls: number }[];
    readonly tollFree: number;
  };
  /** By ISO 3166-1 alpha-2 country: most calls first, then by the country's code. */
  readonly countries: readonly { readonly country: string; readonly calls: number }[];
}

/** Postal codes in the order of the states' names, as the wire API lists them. */
export const usStates: readonly string[] =
  'AL AK AZ AR CA CO CT DC DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'.split(
    ' ',
  );

export const regionReport = {
  plan: (range: DayRange): ReportPlan => ({
    sums: [{ rollup: 'region_days', by: ['region'], ...range, where: [] }],
    callers: [],
  }),

  shape({ sums }: ReportSums): CallsByRegion {
    const calls = new Map<Region, number>(
      (sums[0] ?? []).map(({ key: [region], counters: [count = 0] }) => [`${region}`, count]),
    );
    const countries = Array.from(calls, ([country, count]) => ({ country, calls: count }))
      .filter(({ country }) => !country.startsWith('US-'))
      .sort((a, b) => b.calls - a.calls || (a.country < b.country ? -1 : 1));
    return {
      us: {
        states: usStates.map((state) => ({ state, calls: calls.get(`US-${state}`) ?? 0 })),
        tollFree: calls.get('US-TOLLFREE') ?? 0,
      },
      countries,
    };
  },
};
