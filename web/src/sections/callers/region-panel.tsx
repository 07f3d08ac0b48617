import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { type Question, reportAddress, useReport } from '../../api/report.ts';
import { useSession } from '../../api/session.ts';
import { tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { changeQuery, useParameter } from '../../router/location.ts';
import { useAddress, useFilters } from '../../state/filters.ts';
import { Elsewhere } from './elsewhere.tsx';
import { PlaceTable, placeColumns } from './place-table.tsx';
import { type MapName, type PlaceCount, placeCounts } from './region-counts.ts';
import { RegionMap } from './region-map.tsx';

const byRegion: Question = { metrics: ['calls'], by: 'region', limit: 1000 };
const all: Question = { metrics: ['calls'] };

const maps: { readonly value: MapName; readonly label: string }[] = [
  { value: 'us', label: 'United States' },
  { value: 'world', label: 'World' },
];

/** Where callers' numbers belong, on a map with its table. A place leads to its calls, and the United States to their own map. */
export function RegionPanel() {
  const filters = useFilters();
  const address = useAddress();
  const map = useMapName();
  const [regions, total] = [useReport(byRegion, { isCalm: true }), useReport(all, { isCalm: true })];
  const [rows, totalRow] = [regions.data?.rows, total.data?.rows[0]];
  const counts = useMemo(
    () => (rows === undefined || totalRow === undefined ? null : placeCounts({ rows, total: totalRow }, map)),
    [rows, totalRow, map],
  );
  const hrefOf = ({ region }: Pick<PlaceCount, 'region'>): string | null => {
    if (region === null) return null;
    return region === 'US' ? address('/callers', { map: 'us' }) : address('/calls', { region });
  };
  const content = (isLarge: boolean) => {
    const failed = [regions, total].find(({ isLoadingError }) => isLoadingError);
    if (failed?.error) return <ErrorState error={failed.error} onRetry={() => failed.refetch()} />;
    if (counts === null) return <LoadingState height={360} />;
    const { places, elsewhere } = counts;
    if (places.length + elsewhere.length === 0)
      return <NothingState height={200}>No calls in these days.</NothingState>;
    return (
      <div className={isLarge ? 'regions large' : 'regions'}>
        <RegionMap map={map} places={places} hrefOf={hrefOf} />
        <div>
          <PlaceTable map={map} places={places} hrefOf={hrefOf} isLarge={isLarge} />
          <Elsewhere places={elsewhere} hrefOf={hrefOf} />
        </div>
      </div>
    );
  };
  return (
    <Panel
      title="Where callers are"
      hint="By the prefix of the caller's number: a number that was ported, or a mobile phone, may be elsewhere."
      copyText={() => tableText(placeColumns(map), counts === null ? [] : [...counts.places, ...counts.elsewhere])}
      csv={reportAddress(filters, byRegion, 'csv')}
      isStale={regions.isPlaceholderData}
      summary={
        <div className="map-choice">
          <SegmentedControl
            aria-label="Map"
            data={maps}
            value={map}
            onChange={(chosen) => changeQuery({ map: chosen }, { replace: true })}
          />
        </div>
      }
    >
      {({ isLarge }) => content(isLarge)}
    </Panel>
  );
}

/** The map of the address; without one, that of the account's country. */
function useMapName(): MapName {
  const asked = useParameter('map');
  const { account } = useSession();
  return maps.find(({ value }) => value === asked)?.value ?? (account.country === 'US' ? 'us' : 'world');
}
