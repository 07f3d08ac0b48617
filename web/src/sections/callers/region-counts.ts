import { figureOf, previousOf, type ReportRow, textOf } from '../../api/rows.ts';
import { printRegion, stateOf, tollFreeRegion } from '../../format/regions.ts';

export type MapName = 'us' | 'world';

/** Calls of one place. */
export interface PlaceCount {
  /** As in reports; `US` for all states together; null for calls of no region. */
  readonly region: string | null;
  readonly name: string;
  readonly calls: number;
  /** Percent of all calls; null without any. */
  readonly share: number | null;
  /** Of the period before; null where nothing is compared. */
  readonly previous: number | null;
}

/** All calls, each in one of the places. */
export interface PlaceCounts {
  /** On the map: states, or countries. */
  readonly places: readonly PlaceCount[];
  /** What has no place on it. */
  readonly elsewhere: readonly PlaceCount[];
}

interface Answers {
  /** Calls by region. */
  readonly rows: readonly ReportRow[];
  /** All calls, those of no region too, in one row. */
  readonly total: ReportRow;
}

interface Counts {
  readonly calls: number;
  readonly previous: number | null;
}

/** Calls by the places of a map, with those that it cannot show. */
export function placeCounts({ rows, total }: Answers, map: MapName): PlaceCounts {
  const regions = rows.map((row) => ({ region: textOf(row, 'region'), ...countsOf(row) }));
  const all = countsOf(total);
  const place = (region: string | null, name: string, { calls, previous }: Counts): PlaceCount => ({
    region,
    name,
    calls,
    share: all.calls === 0 ? null : (100 * calls) / all.calls,
    previous,
  });
  const ofRegions = (chosen: readonly (Counts & { readonly region: string })[]) =>
    chosen.map(({ region, ...counts }) => place(region, printRegion(region), counts));
  const states = regions.filter(({ region }) => stateOf(region) !== null);
  const tollFree = regions.filter(({ region }) => region === tollFreeRegion);
  const countries = regions.filter(({ region }) => stateOf(region) === null && region !== tollFreeRegion);
  const noRegion = place(null, 'Withheld or unknown', less(all, sumOf(regions)));
  if (map === 'us') {
    const others = place(null, 'Other countries', sumOf(countries));
    return { places: ofRegions(states), elsewhere: present([...ofRegions(tollFree), others, noRegion]) };
  }
  const unitedStates = states.length === 0 ? [] : [place('US', printRegion('US'), sumOf(states))];
  return {
    places: [...unitedStates, ...ofRegions(countries)],
    elsewhere: present([...ofRegions(tollFree), noRegion]),
  };
}

const countsOf = (row: ReportRow): Counts => ({
  calls: figureOf(row, 'calls') ?? 0,
  previous: row.previous === undefined ? null : (previousOf(row, 'calls') ?? 0),
});

const sumOf = (counts: readonly Counts[]): Counts => ({
  calls: counts.reduce((sum, { calls }) => sum + calls, 0),
  previous: counts.reduce<number | null>(
    (sum, { previous }) => (previous === null ? sum : (sum ?? 0) + previous),
    null,
  ),
});

/** Two answers of a moment in which calls come in may differ by a few: never less than nothing. */
const less = (all: Counts, some: Counts): Counts => ({
  calls: Math.max(0, all.calls - some.calls),
  previous: all.previous === null ? null : Math.max(0, all.previous - (some.previous ?? 0)),
});

const present = (places: readonly PlaceCount[]): readonly PlaceCount[] =>
  places.filter(({ calls, previous }) => calls > 0 || (previous ?? 0) > 0);
