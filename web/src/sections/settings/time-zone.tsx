import { Button, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { AccountState } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { calmKey, liveKey } from '../../api/report.ts';
import { useSession } from '../../api/session.ts';
import { useNow } from '../../state/now.ts';
import { useChange } from './change.ts';
import { ConfirmDialog } from './dialog.tsx';
import { Outcome } from './outcome.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { printZone, zonesFor } from './zones.ts';

const hint =
  'A call belongs to the day on which it started, and days begin at midnight of this zone, for every user and every report.';
const pollEveryMs = 2000;

/** The zone by which everything is counted, and how far it has got where that has just changed. */
export function TimeZone() {
  const { account, user } = useSession();
  const now = new Date(useNow());
  return (
    <SettingsPanel title="Time zone" hint={hint}>
      {user.is_admin ? <ZoneForm /> : <p>{printZone(account.time_zone, now)}</p>}
      <Recount />
    </SettingsPanel>
  );
}

function ZoneForm() {
  const { account } = useSession();
  const minuteMs = useNow();
  const [chosen, setChosen] = useState(account.time_zone);
  const [isAsked, setIsAsked] = useState(false);
  const zones = useMemo(() => zonesFor(account.time_zone, new Date(minuteMs)), [account.time_zone, minuteMs]);
  const change = useChange({
    send: (zone: string) => ask<unknown>('/dashboard/account', { method: 'PATCH', body: { time_zone: zone } }),
    touches: ['account', 'session', liveKey, calmKey],
  });
  const close = () => setIsAsked(false);
  const open = () => {
    change.reset();
    setIsAsked(true);
  };
  return (
    <>
      <Group gap="xs" align="flex-end" className="settings-form">
        <Select
          label="Days begin at midnight of"
          data={zones}
          value={chosen}
          onChange={(zone) => setChosen(zone ?? account.time_zone)}
          searchable
          limit={100}
          allowDeselect={false}
          nothingFoundMessage="No such zone"
          maxDropdownHeight={280}
          className="zone-choice"
        />
        <Button onClick={open} disabled={chosen === account.time_zone}>
          Change…
        </Button>
      </Group>
      <ConfirmDialog
        title="Count all figures anew?"
        isOpen={isAsked}
        onClose={close}
        action="Change the time zone"
        onConfirm={() => change.mutate(chosen, { onSuccess: close })}
        isBusy={change.isPending}
        error={change.error}
      >
        <Text size="sm">
          From {printZone(account.time_zone, new Date(minuteMs))} to {printZone(chosen, new Date(minuteMs))}: all
          figures of the account are counted anew, since calls near midnight belong to another day. Calls come in
          meanwhile. Until it is done, figures may be partly of the old days, on the dashboard and in the API.
        </Text>
      </ConfirmDialog>
    </>
  );
}

/** How much is counted by the new zone; nothing where all is. */
function Recount() {
  const queries = useQueryClient();
  const [hasRun, setHasRun] = useState(false);
  const state = useQuery({
    queryKey: ['account'],
    queryFn: ({ signal }) => ask<AccountState>('/dashboard/account', { signal }),
    refetchInterval: ({ state: { data } }) => (data?.recount ? pollEveryMs : false),
  });
  const recount = state.data?.recount ?? null;
  const isRunning = recount !== null;
  useEffect(() => {
    if (!isRunning) return;
    setHasRun(true);
    return () => {
      for (const key of [liveKey, calmKey]) queries.invalidateQueries({ queryKey: [key] });
    };
  }, [isRunning, queries]);
  const percent = Math.floor((recount?.share ?? 0) * 100);
  return (
    <Stack gap={4} className="recount">
      {isRunning && (
        <>
          <Text size="sm">Figures are being counted by the new time zone: {percent} %</Text>
          <Progress.Root>
            <Progress.Section value={percent} aria-label="Figures that are counted by the new time zone" />
          </Progress.Root>
        </>
      )}
      <Outcome done={hasRun && !isRunning ? 'All figures are counted by the new time zone.' : null} />
    </Stack>
  );
}
