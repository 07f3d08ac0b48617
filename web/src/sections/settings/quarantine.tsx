import { Button, Group } from '@mantine/core';
import type { RejectSummary } from '../../../../src/wire/dashboard/settings.ts';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { Link } from '../../router/link.tsx';
import { useParameter } from '../../router/location.ts';
import { useAddress } from '../../state/filters.ts';
import { Ago } from './ago.tsx';
import { RejectPage } from './reject-page.tsx';
import { useRejects } from './rejects.ts';
import { type RowColumn, RowTable } from './row-table.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { printUser } from './user-names.ts';

const hint =
  'Documents that came in and could not be taken are kept here as they were sent, so that nothing is lost. They count in no figure until they are sent again.';

/** Documents that were not taken: all, or the one that the address names. */
export function Quarantine() {
  const opened = useParameter('reject');
  return opened === null ? <RejectsPage /> : <RejectPage key={opened} id={opened} />;
}

function RejectsPage() {
  const after = useParameter('after');
  const rejects = useRejects(after);
  return (
    <SettingsPanel title="Quarantine" hint={hint}>
      {rejects.isLoadingError && <ErrorState error={rejects.error} onRetry={() => rejects.refetch()} />}
      {rejects.isPending && <LoadingState height={200} />}
      {rejects.data?.rejects.length === 0 && (
        <NothingState>
          {after === null ? 'Nothing is here: every document that came in was taken.' : 'There are no more.'}
        </NothingState>
      )}
      {rejects.data !== undefined && rejects.data.rejects.length > 0 && <RejectTable rejects={rejects.data.rejects} />}
      <Pages after={after} next={rejects.data?.next ?? null} total={rejects.data?.total ?? 0} />
    </SettingsPanel>
  );
}

function RejectTable({ rejects }: { readonly rejects: readonly RejectSummary[] }) {
  const address = useAddress();
  const after = useParameter('after');
  const columns: readonly RowColumn<RejectSummary>[] = [
    {
      label: 'Call',
      show: ({ id, call_id }) => (
        <Link href={address('/settings/quarantine', { reject: `${id}`, after })}>{call_id ?? `document ${id}`}</Link>
      ),
    },
    { label: 'Field', show: ({ path }) => <code>{path === '' ? 'whole document' : path}</code> },
    { label: 'Error', show: ({ error }) => error },
    { label: 'Last sent', show: ({ last_at }) => <Ago instant={last_at} /> },
    { label: 'Times', isFigure: true, show: ({ times }) => times.toLocaleString() },
    { label: 'User', show: ({ user }) => printUser(user) },
  ];
  return <RowTable label="Quarantine" columns={columns} rows={rejects} rowKey={({ id }) => id} />;
}

interface PagesProps {
  readonly after: string | null;
  readonly next: number | null;
  readonly total: number;
}

function Pages({ after, next, total }: PagesProps) {
  const address = useAddress();
  if (after === null && next === null) return null;
  return (
    <Group gap="xs" p="xs" component="nav" aria-label="Pages of the quarantine">
      {after !== null && (
        <Button component={Link} href={address('/settings/quarantine')} variant="default">
          First page
        </Button>
      )}
      {next !== null && (
        <Button component={Link} href={address('/settings/quarantine', { after: `${next}` })} variant="default">
          Next page
        </Button>
      )}
      <span className="muted">{total.toLocaleString()} in all</span>
    </Group>
  );
}
