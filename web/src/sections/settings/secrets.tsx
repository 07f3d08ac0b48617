import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Secret, SecretList } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { Ago } from './ago.tsx';
import { useChange } from './change.ts';
import { ConfirmDialog } from './dialog.tsx';
import { NewSecret } from './new-secret.tsx';
import { Outcome } from './outcome.tsx';
import { type RowColumn, RowTable } from './row-table.tsx';
import { type SecretKind, secretKinds } from './secret-kinds.ts';
import { SettingsPanel } from './settings-panel.tsx';
import { printUser } from './user-names.ts';

export const Keys = () => <Secrets kind={secretKinds.keys} key="keys" />;
export const Tokens = () => <Secrets kind={secretKinds.tokens} key="tokens" />;

function Secrets({ kind }: { readonly kind: SecretKind }) {
  const secrets = useQuery({
    queryKey: [kind.name],
    queryFn: ({ signal }) => ask<SecretList>(`/dashboard/${kind.name}`, { signal }),
  });
  return (
    <SettingsPanel title={kind.title} hint={kind.hint} action={<NewSecret kind={kind} />}>
      {secrets.isLoadingError && <ErrorState error={secrets.error} onRetry={() => secrets.refetch()} />}
      {secrets.isPending && <LoadingState height={160} />}
      {secrets.data !== undefined && <SecretTables kind={kind} secrets={secrets.data.secrets} />}
    </SettingsPanel>
  );
}

interface TablesProps {
  readonly kind: SecretKind;
  readonly secrets: readonly Secret[];
}

function SecretTables({ kind, secrets }: TablesProps) {
  const [asked, setAsked] = useState<Secret | null>(null);
  const revoke = useChange({
    send: ({ id }: Secret) => ask<void>(`/dashboard/${kind.name}/${id}`, { method: 'DELETE' }),
    touches: [kind.name],
  });
  const valid = secrets.filter(({ revoked_at }) => revoked_at === null);
  const revoked = secrets.filter(({ revoked_at }) => revoked_at !== null);
  const openDialog = (secret: Secret) => {
    revoke.reset();
    setAsked(secret);
  };
  const revokeColumn: RowColumn<Secret> = {
    label: 'Actions',
    isActions: true,
    show: (secret) => (
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => openDialog(secret)}
        aria-label={`Revoke ${nameOf(secret)}`}
      >
        Revoke…
      </Button>
    ),
  };
  return (
    <>
      <Outcome done={revoke.isSuccess ? `${nameOf(revoke.variables)} is revoked.` : null} />
      {valid.length === 0 ? (
        <NothingState>{kind.nothing}</NothingState>
      ) : (
        <RowTable label={kind.title} columns={[...columns, lastUsed, revokeColumn]} rows={valid} rowKey={idOf} />
      )}
      {revoked.length > 0 && (
        <details className="revoked">
          <summary>Revoked ({revoked.length.toLocaleString()})</summary>
          <RowTable
            label={`${kind.title}, revoked`}
            columns={[...columns, revokedAt]}
            rows={revoked}
            rowKey={idOf}
            isStruck={() => true}
          />
        </details>
      )}
      <ConfirmDialog
        title={`Revoke ${asked === null ? '' : nameOf(asked)}?`}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        action="Revoke"
        isFinal
        onConfirm={() => asked !== null && revoke.mutate(asked, { onSuccess: () => setAsked(null) })}
        isBusy={revoke.isPending}
        error={revoke.error}
      >
        <p className="dialog-words">{kind.revoking} This cannot be taken back.</p>
      </ConfirmDialog>
    </>
  );
}

const idOf = ({ id }: Secret): number => id;

const nameOf = ({ label, hint }: Secret): string => (label === '' ? `${hint}…` : `“${label}”`);

const columns: readonly RowColumn<Secret>[] = [
  {
    label: 'Label',
    show: ({ label, is_strict }) => (
      <>
        {label === '' ? <span className="muted">none</span> : label}
        {is_strict && (
          <Badge
            size="sm"
            variant="default"
            ml={6}
            tt="none"
            title="Calls of numbers that the account does not have are refused"
          >
            strict
          </Badge>
        )}
      </>
    ),
  },
  { label: 'Begins with', show: ({ hint }) => <code>{hint}…</code> },
  { label: 'User', show: ({ user }) => printUser(user) },
  { label: 'Made', show: ({ created_at }) => <Ago instant={created_at} /> },
];

const lastUsed: RowColumn<Secret> = { label: 'Last used', show: ({ last_used_at }) => <Ago instant={last_used_at} /> };
const revokedAt: RowColumn<Secret> = { label: 'Revoked', show: ({ revoked_at }) => <Ago instant={revoked_at} /> };
