import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { printFigure } from '../../format/numbers.ts';
import { printInstant } from '../../format/times.ts';
import { useFilters } from '../../state/filters.ts';
import type { useCallList } from './use-call-list.ts';

interface Props {
  readonly list: ReturnType<typeof useCallList>['list'];
  readonly count: number;
}

/** A search that takes long goes on by itself for so many steps, which is about ten seconds, or until so many calls are found. */
const stride = { steps: 40, calls: 50 };

/** How far the list goes, and the way on. */
export function ListEnd({ list, count }: Props) {
  const { timeZone } = useFilters();
  const pages = list.data?.pages ?? [];
  const searchedBackTo = pages.at(-1)?.searched_back_to ?? null;
  const [goal, setGoal] = useState({ steps: pages.length + stride.steps, calls: stride.calls });
  const isGoalAhead = pages.length < goal.steps && count < goal.calls;
  const goesOn = list.hasNextPage && searchedBackTo !== null && isGoalAhead && !list.isFetchNextPageError;
  const { fetchNextPage, isFetching } = list;
  useEffect(() => {
    if (goesOn && !isFetching) fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  const further = () => {
    setGoal({ steps: pages.length + stride.steps, calls: count + stride.calls });
    fetchNextPage();
  };
  const found = `${printFigure(count, 'count')} ${count === 1 ? 'call' : 'calls'}`;
  const progress = () => {
    if (!list.hasNextPage) return `${found}. There are no more.`;
    if (searchedBackTo === null) return `${found} so far.`;
    const until = printInstant(searchedBackTo, timeZone);
    return `Searched back to ${until}; ${count === 0 ? 'nothing' : found} found so far.`;
  };
  return (
    <Group gap="sm" mt="xs">
      <Text size="sm" c="dimmed" role={goesOn ? undefined : 'status'}>
        {progress()}
      </Text>
      {list.hasNextPage && !goesOn && (
        <Button variant="default" onClick={further} loading={list.isFetchingNextPage}>
          {searchedBackTo === null ? 'Load more' : 'Go on'}
        </Button>
      )}
      {goesOn && (
        <Button variant="default" onClick={() => setGoal({ steps: pages.length, calls: count })}>
          Stop searching
        </Button>
      )}
      {list.isFetchNextPageError && (
        <Text size="sm" c="var(--vg-bad)" role="alert">
          {list.error.message}
        </Text>
      )}
    </Group>
  );
}
