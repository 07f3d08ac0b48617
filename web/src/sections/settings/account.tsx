import { Button, Group, NativeSelect, Stack, Switch, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AccountChange } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { locale } from '../../format/locale.ts';
import { useChange } from './change.ts';
import { Outcome, Refusal } from './outcome.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { TimeZone } from './time-zone.tsx';

const weekdays = Array.from({ length: 7 }, (_, index) => ({
  value: `${index + 1}`,
  // The fifth of January 2026 is a Monday.
  label: new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + index)),
}));

/** What holds for everybody of the account. */
export function Account() {
  const { user } = useSession();
  return (
    <div className="settings-panels">
      <SettingsPanel
        title="Account"
        hint={
          user.is_admin
            ? 'Name and country were set when the account was made.'
            : 'Only an administrator changes these, since they hold for everybody of the account.'
        }
      >
        <AccountValues />
      </SettingsPanel>
      <TimeZone />
      {user.is_admin && <Calendar />}
    </div>
  );
}

function AccountValues() {
  const { account, user, version } = useSession();
  const country = new Intl.DisplayNames([locale], { type: 'region' }).of(account.country);
  const inputs = account.allows_input ? 'kept' : 'refused';
  const values = [
    ['Name', account.name],
    ['Country', `${country} (${account.country}): national numbers are read as its own`],
    ...(user.is_admin
      ? []
      : [
          ['Week starts on', weekdays[account.week_start - 1]?.label ?? ''],
          ['What callers say and key in', inputs],
        ]),
    ['Server', `Voxgauge ${version}`],
  ];
  return (
    <dl className="values">
      {values.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Settings that change no figure. */
function Calendar() {
  const { account } = useSession();
  const [weekStart, setWeekStart] = useState(account.week_start);
  const [allowsInput, setAllowsInput] = useState(account.allows_input);
  const save = useChange({
    send: (body: AccountChange) => ask<unknown>('/dashboard/account', { method: 'PATCH', body }),
    touches: ['session'],
  });
  const isChanged = weekStart !== account.week_start || allowsInput !== account.allows_input;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ week_start: weekStart, allows_input: allowsInput });
  };
  return (
    <SettingsPanel title="Week and inputs">
      <form onSubmit={submit} className="settings-form">
        <Stack gap="md" maw={480}>
          <NativeSelect
            label="Week starts on"
            description="In the date picker and in “This week”. Weeks of graphs start on Monday, as in the reports API."
            data={weekdays}
            value={`${weekStart}`}
            onChange={(event) => setWeekStart(Number(event.currentTarget.value))}
            size="xs"
          />
          <Switch
            label="Keep what callers say and key in"
            description="Off: a document whose events have an input is refused, so that nothing of it is stored. What is stored already stays."
            checked={allowsInput}
            onChange={(event) => setAllowsInput(event.currentTarget.checked)}
          />
          <Refusal error={save.error} />
          <Group gap="sm">
            <Button type="submit" loading={save.isPending} disabled={!isChanged}>
              Save
            </Button>
            <Outcome done={save.isSuccess && !isChanged ? 'Saved.' : null} at={save.submittedAt} />
            {isChanged && (
              <Text size="sm" c="dimmed">
                Not saved yet.
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </SettingsPanel>
  );
}
