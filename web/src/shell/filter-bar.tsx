import { Button, Group, SegmentedControl, Tooltip } from '@mantine/core';
import { CheckIcon, LinkIcon } from '../parts/icons.tsx';
import { copyTexts, useCopy } from '../parts/use-copy.ts';
import { addressOf, changeQuery, usePlace, withChanges } from '../router/location.ts';
import { type Filters, type Period, periods, useFilters } from '../state/filters.ts';
import { DateRange } from './date-range.tsx';
import { NumberFilter } from './number-filter.tsx';

const periodLabels: Readonly<Record<Period, string>> = { hour: 'Hour', day: 'Day', week: 'Week', month: 'Month' };

/** What every section looks at. `hasPeriod` is false where nothing is drawn over time. */
export function FilterBar({ hasPeriod }: { readonly hasPeriod: boolean }) {
  const filters = useFilters();
  return (
    <Group gap="xs" className="filter-bar" role="group" aria-label="Filters">
      <NumberFilter filters={filters} />
      {hasPeriod && <PeriodChoice filters={filters} />}
      {hasPeriod && <CompareChoice filters={filters} />}
      <DateRange filters={filters} />
      <CopyLink filters={filters} />
    </Group>
  );
}

function PeriodChoice({ filters }: { readonly filters: Filters }) {
  const data = periods
    .filter((period) => filters.possiblePeriods.includes(period))
    .map((period) => ({ value: period, label: periodLabels[period] }));
  return (
    <SegmentedControl
      aria-label="Length of a point"
      data={data}
      value={filters.period}
      onChange={(period) => changeQuery({ period })}
    />
  );
}

function CompareChoice({ filters }: { readonly filters: Filters }) {
  return (
    <Tooltip label="Show the period before, too">
      <Button
        variant={filters.compares ? 'light' : 'default'}
        aria-pressed={filters.compares}
        onClick={() => changeQuery({ compare: filters.compares ? null : 'previous' })}
      >
        Compare
      </Button>
    </Tooltip>
  );
}

const copyLinkLabel = 'Copy a link to exactly these days';

/** A link that shows the same days tomorrow, where the address may say "last 28 days". */
function CopyLink({ filters }: { readonly filters: Filters }) {
  const [state, copy] = useCopy();
  const { path, query } = usePlace();
  const { start, end, period } = filters;
  const address = () =>
    `${globalThis.location.origin}${addressOf(path, withChanges(query, { range: null, start, end, period }))}`;
  return (
    <Tooltip label={copyTexts[state] ?? copyLinkLabel}>
      <Button variant="default" onClick={() => copy(address())} aria-label={copyLinkLabel} px={8}>
        {state === 'copied' ? <CheckIcon size={16} /> : <LinkIcon size={16} />}
      </Button>
    </Tooltip>
  );
}
