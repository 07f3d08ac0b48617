import { Box } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type MouseEvent, useMemo, useRef } from 'react';
import type { CallSummary } from '../../../../src/wire/dashboard/calls.ts';
import { useSession } from '../../api/session.ts';
import { csvAddress } from '../../format/csv.ts';
import { printSpan } from '../../format/times.ts';
import { DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { addressOf, usePlace } from '../../router/location.ts';
import { useAddress, useFilters } from '../../state/filters.ts';
import { callColumns, callsCsv } from './call-columns.tsx';
import { ListEnd } from './list-end.tsx';
import { type CallSearch, callParameters, readSearch } from './search.ts';
import { SearchChips } from './search-chips.tsx';
import { SearchForm } from './search-form.tsx';
import { useCallList } from './use-call-list.ts';
import { useKeptPlace } from './use-kept-place.ts';
import './calls.css';

/** Finds calls by what is known of them, the latest first; new ones appear by themselves. */
export function Calls() {
  const { query } = usePlace();
  const search = useMemo(() => readSearch(query), [query]);
  return (
    <>
      <SearchForm search={search} />
      <SearchChips search={search} />
      <CallList search={search} />
    </>
  );
}

function CallList({ search }: { readonly search: CallSearch }) {
  const { query } = usePlace();
  const { list, calls } = useCallList(search);
  const filters = useFilters();
  const isNarrow = useMediaQuery('(max-width: 760px)') ?? false;
  const { timeZone } = filters;
  const needless = useNeedless(search);
  const columns = useMemo(() => callColumns({ timeZone, isNarrow, needless }), [timeZone, isNarrow, needless]);
  const csv = useMemo(() => csvAddress(callsCsv(calls)), [calls]);
  const found = () => {
    if (list.isError && list.data === undefined)
      return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
    if (list.data === undefined) return <LoadingState height={320} />;
    if (calls.length === 0 && !list.hasNextPage) {
      return <NothingState>No such calls, {printSpan(filters)}.</NothingState>;
    }
    return (
      <div aria-busy={list.isPlaceholderData} className={list.isPlaceholderData ? 'call-list stale' : 'call-list'}>
        {calls.length > 0 && <CallTable calls={calls} columns={columns} search={search} />}
        <ListEnd key={addressOf('', query)} list={list} count={calls.length} />
      </div>
    );
  };
  return (
    <Panel
      title="List of calls"
      hint={`The latest first; times of ${timeZone}.`}
      copyText={() => tableText(callColumns({ timeZone, isNarrow: false, needless: new Set() }), calls)}
      csv={calls.length > 0 ? csv : undefined}
    >
      {found}
    </Panel>
  );
}

/** Columns of what is the same in all calls of the list. */
function useNeedless({ application }: CallSearch): ReadonlySet<string> {
  const { numbers } = useFilters();
  const visible = useSession().numbers.length;
  const isOneNumber = numbers.length === 1 || visible === 1;
  return useMemo(
    () => new Set([...(application === undefined ? [] : ['application']), ...(isOneNumber ? ['number'] : [])]),
    [application, isOneNumber],
  );
}

interface TableProps {
  readonly calls: readonly CallSummary[];
  readonly columns: ReturnType<typeof callColumns>;
  readonly search: CallSearch;
}

/** A click anywhere in a row opens its call, unless it selects text. */
function CallTable({ calls, columns, search }: TableProps) {
  const box = useRef<HTMLDivElement>(null);
  useKeptPlace(box, calls.length);
  const address = useAddress();
  const open = ({ target }: MouseEvent) => {
    if (!(target instanceof Element) || target.closest('a, button') !== null) return;
    if (globalThis.getSelection()?.toString() !== '') return;
    target.closest('tbody tr')?.querySelector('a')?.click();
  };
  return (
    <Box ref={box} onClick={open}>
      <DataTable
        label="Table of calls"
        columns={columns}
        rows={calls}
        rowKey={({ id }) => id}
        href={({ id }) => address('/call', callParameters(id, search))}
        most={Number.MAX_SAFE_INTEGER}
      />
    </Box>
  );
}
