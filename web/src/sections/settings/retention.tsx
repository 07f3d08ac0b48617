import { Button, Checkbox, Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RetentionDone, Retention as RetentionState } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { useNow } from '../../state/now.ts';
import { useChange } from './change.ts';
import { ConfirmDialog } from './dialog.tsx';
import { possibleMonths, printMonth } from './months.ts';
import { Outcome } from './outcome.tsx';
import { SettingsPanel } from './settings-panel.tsx';

const hint =
  'A document of each call is kept, from which single calls are shown and figures can be counted anew. Documents of months gone by can be dropped; the figures of that time stay.';

/** From when on single calls are kept. */
export function Retention() {
  const retention = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => ask<RetentionState>('/dashboard/retention', { signal }),
  });
  return (
    <SettingsPanel title="Retention" hint={hint}>
      {retention.isLoadingError && <ErrorState error={retention.error} onRetry={() => retention.refetch()} />}
      {retention.isPending && <LoadingState height={120} />}
      {retention.data !== undefined && <RetentionValues retention={retention.data} />}
    </SettingsPanel>
  );
}

function RetentionValues({ retention }: { readonly retention: RetentionState }) {
  const { kept_from, documents, can_change, reason } = retention;
  return (
    <>
      <dl className="values">
        <div>
          <dt>Kept</dt>
          <dd>
            {kept_from === null ? 'all calls, from the first one on' : `calls from ${printMonth(kept_from)} on (UTC)`}
          </dd>
        </div>
        {documents !== null && (
          <div>
            <dt>Documents</dt>
            <dd>{documents.toLocaleString()}</dd>
          </div>
        )}
      </dl>
      {can_change ? (
        <Drop keptFrom={kept_from} />
      ) : (
        <Text size="sm" px={14} pb="sm" c="dimmed">
          {reason}
        </Text>
      )}
    </>
  );
}

function Drop({ keptFrom }: { readonly keptFrom: string | null }) {
  const nowMs = useNow();
  const [month, setMonth] = useState<string | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const drop = useChange({
    send: (kept_from: string) => ask<RetentionDone>('/dashboard/retention', { method: 'POST', body: { kept_from } }),
    touches: ['retention', 'session'],
  });
  const months = possibleMonths(keptFrom, nowMs);
  const close = () => setIsAsked(false);
  const finish = () => {
    close();
    setMonth(null);
  };
  const open = () => {
    drop.reset();
    setIsAsked(true);
  };
  return (
    <div className="settings-form">
      <Group gap="xs" align="flex-end">
        <Select
          label="Keep calls only from"
          placeholder={months.length === 0 ? 'nothing is left to drop' : 'Choose a month'}
          disabled={months.length === 0}
          data={months.map((value) => ({ value, label: printMonth(value) }))}
          value={month}
          onChange={setMonth}
          searchable
          limit={60}
          nothingFoundMessage="No such month"
          className="month-choice"
        />
        <Button color="red.8" disabled={month === null} onClick={open}>
          Drop what is before…
        </Button>
      </Group>
      <Outcome done={drop.isSuccess ? doneText(drop.data) : null} />
      <DropDialog
        month={month}
        isOpen={isAsked}
        onClose={close}
        onConfirm={() => month !== null && drop.mutate(month, { onSuccess: finish })}
        isBusy={drop.isPending}
        error={drop.error}
      />
    </div>
  );
}

const doneText = ({ documents, kept_from }: RetentionDone): string =>
  `${documents.toLocaleString()} documents are dropped. Calls are kept from ${printMonth(kept_from)} on.`;

interface DialogProps {
  readonly month: string | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly isBusy: boolean;
  readonly error: Error | null;
}

function DropDialog({ month, ...dialog }: DialogProps) {
  const [understood, setUnderstood] = useState<string | null>(null);
  const name = month === null ? '' : printMonth(month);
  return (
    <ConfirmDialog
      {...dialog}
      title={`Drop all calls before ${name}?`}
      action={`Drop calls before ${name}`}
      isFinal
      isDisabled={understood !== month}
    >
      <Text size="sm">
        Figures stay: every report says what it said before. But single calls that started before {name} (UTC) can no
        longer be opened, searched or corrected, and calls of that time that come in late are refused. It may take
        minutes while calls come in.
      </Text>
      <Checkbox
        label="I know that the calls of that time are gone for good."
        checked={understood === month}
        onChange={(event) => setUnderstood(event.currentTarget.checked ? month : null)}
      />
    </ConfirmDialog>
  );
}
