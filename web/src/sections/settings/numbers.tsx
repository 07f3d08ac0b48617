import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import type { NumberList, NumberSettings } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { matchesPhone, printPhone } from '../../format/phones.ts';
import { SearchIcon } from '../../parts/icons.tsx';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { useChange } from './change.ts';
import { NumberDialog } from './number-dialog.tsx';
import { Outcome } from './outcome.tsx';
import { type RowColumn, RowTable } from './row-table.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { printUser } from './user-names.ts';

const hint =
  'Figures belong to numbers, and a number to one user. Sharing a number lets another user of the account see its figures and calls on the dashboard as well; it changes nothing for the owner, and API tokens read owned numbers only.';

/** Whose the numbers are, and who else sees them. */
export function Numbers() {
  const { user } = useSession();
  const numbers = useQuery({
    queryKey: ['numbers'],
    queryFn: ({ signal }) => ask<NumberList>('/dashboard/numbers', { signal }),
  });
  return (
    <SettingsPanel title={user.is_admin ? 'Numbers of the account' : 'Numbers that you see'} hint={hint}>
      <NewNumber />
      {numbers.isLoadingError && <ErrorState error={numbers.error} onRetry={() => numbers.refetch()} />}
      {numbers.isPending && <LoadingState height={160} />}
      {numbers.data !== undefined && <NumberTable numbers={numbers.data.numbers} />}
    </SettingsPanel>
  );
}

function NewNumber() {
  const [number, setNumber] = useState('');
  const add = useChange({
    send: (text: string) => ask<NumberSettings>('/dashboard/numbers', { method: 'POST', body: { number: text } }),
    touches: ['numbers', 'session'],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(number.trim(), { onSuccess: () => setNumber('') });
  };
  const added = add.isSuccess ? `${printPhone(add.data.number)} is added, and yours.` : null;
  return (
    <form onSubmit={submit} className="settings-form">
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          label="Add a number"
          placeholder="+1 617 399 0000"
          type="tel"
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={128}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          error={add.error?.message}
          className="number-field"
        />
        <Button type="submit" loading={add.isPending} disabled={number.trim() === ''} className="beside-labelled">
          Add
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        Numbers that calls bring in are added by themselves, unless their key is strict.
      </Text>
      <Outcome done={added} />
    </form>
  );
}

function NumberTable({ numbers }: { readonly numbers: readonly NumberSettings[] }) {
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<string | null>(null);
  const found = useMemo(() => numbers.filter((each) => isMeant(each, search)), [numbers, search]);
  if (numbers.length === 0) return <NothingState>There are no numbers yet.</NothingState>;
  const columns: readonly RowColumn<NumberSettings>[] = [
    { label: 'Number', show: ({ number }) => printPhone(number) },
    { label: 'Owner', show: ({ owner }) => printUser(owner) },
    { label: 'Shared with', show: sharesOf },
    {
      label: 'Actions',
      isActions: true,
      show: ({ number, can_change }) =>
        can_change && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => setOpened(number)}
            aria-label={`Share or give away ${printPhone(number)}`}
          >
            Share…
          </Button>
        ),
    },
  ];
  return (
    <>
      {numbers.length > 10 && (
        <Group gap="xs" mb="xs" px={14}>
          <TextInput
            aria-label="Find a number, or a user"
            placeholder="Find a number, or a user"
            leftSection={<SearchIcon size={14} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            className="number-field"
          />
          <span className="muted" role="status">
            {found.length.toLocaleString()} of {numbers.length.toLocaleString()}
          </span>
        </Group>
      )}
      {found.length === 0 ? (
        <NothingState>No number has “{search}”.</NothingState>
      ) : (
        <RowTable label="Numbers" columns={columns} rows={found} rowKey={({ number }) => number} />
      )}
      <NumberDialog number={numbers.find(({ number }) => number === opened) ?? null} onClose={() => setOpened(null)} />
    </>
  );
}

const isMeant = ({ number, owner, shared_with }: NumberSettings, search: string): boolean =>
  matchesPhone(number, search) ||
  [owner, ...shared_with].some(({ login }) => login.toLowerCase().includes(search.trim().toLowerCase()));

const namedShares = 3;

function sharesOf({ shared_with }: NumberSettings) {
  if (shared_with.length === 0) return <span className="muted">nobody</span>;
  const more = shared_with.length - namedShares;
  return (
    <span title={shared_with.map(printUser).join(', ')}>
      {shared_with.slice(0, namedShares).map(printUser).join(', ')}
      {more > 0 && ` and ${more} more`}
    </span>
  );
}
