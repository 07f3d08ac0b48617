import { Alert, Paper, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CallDetail } from '../../../../src/wire/dashboard/calls.ts';
import { ApiError, ask } from '../../api/client.ts';
import { liveKey } from '../../api/report.ts';
import { useSession } from '../../api/session.ts';
import { printMonth } from '../../format/times.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { useParameter } from '../../router/location.ts';
import { CallDocument } from './call-document.tsx';
import { CallFacts } from './call-facts.tsx';
import { CallNavigation } from './call-navigation.tsx';
import { TimelinePanel } from './timeline-panel.tsx';
import './calls.css';

/** Everything that happened in one call. While it is up, what is new appears by itself. */
export function Call() {
  const id = useParameter('id') ?? '';
  return (
    <>
      <div className="call-head">
        <Title order={2}>Call {id}</Title>
        <CopyButton text={() => id} label="Copy the id of the call" />
        <CallNavigation id={id} />
      </div>
      <CallContent key={id} id={id} />
    </>
  );
}

function CallContent({ id }: { readonly id: string }) {
  const call = useQuery({
    queryKey: [liveKey, 'call', id],
    queryFn: ({ signal }) => ask<CallDetail>(`/dashboard/call?${new URLSearchParams({ id })}`, { signal }),
    enabled: id !== '',
    retry: (count, error) => !isAbsent(error) && count < 1,
  });
  if (id === '' || isAbsent(call.error)) return <Absent id={id} />;
  if (call.data === undefined) {
    return call.isLoadingError ? (
      <ErrorState error={call.error} onRetry={() => call.refetch()} />
    ) : (
      <LoadingState height={420} />
    );
  }
  return (
    <>
      {call.isError && (
        <Alert color="red" mb="sm" role="alert">
          This may no longer be all of the call: {call.error.message}
        </Alert>
      )}
      <CallFacts detail={call.data} readAtMs={call.dataUpdatedAt} />
      <div className="panels">
        <div className="wide">
          <TimelinePanel detail={call.data} />
        </div>
        <div className="wide">
          <CallDocument detail={call.data} />
        </div>
      </div>
    </>
  );
}

const isAbsent = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 404 || error.status === 410);

/** Why there is nothing to see. */
function Absent({ id }: { readonly id: string }) {
  const { kept_from: keptFrom, account } = useSession();
  return (
    <Paper withBorder className="panel">
      <NothingState height={240}>
        {id === '' ? 'The address names no call.' : `There is no call ${id} among the numbers that you see.`}{' '}
        {keptFrom === null
          ? 'All documents are kept, so it has never come in, or its number is not shared with you.'
          : `Calls can be opened from ${printMonth(keptFrom)} on: documents of earlier months are no longer kept, though ${account.name} still counts them.`}
      </NothingState>
    </Paper>
  );
}
