import { Alert, Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { RejectDetail, RejectSummary, RetryAnswer } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { liveKey } from '../../api/report.ts';
import { BackIcon } from '../../parts/icons.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { Link } from '../../router/link.tsx';
import { navigate, useParameter } from '../../router/location.ts';
import { useAddress } from '../../state/filters.ts';
import { Ago } from './ago.tsx';
import { useChange } from './change.ts';
import { ConfirmDialog } from './dialog.tsx';
import { DocumentEditor } from './document-editor.tsx';
import { Refusal } from './outcome.tsx';
import { useReject } from './rejects.ts';
import { SettingsPanel } from './settings-panel.tsx';
import { printUser } from './user-names.ts';

/** One document that was not taken: what is wrong with it, and what to do with it. */
export function RejectPage({ id }: { readonly id: string }) {
  const reject = useReject(id);
  const [taken, setTaken] = useState<Taken | null>(null);
  const back = useListAddress();
  const detail = reject.data;
  return (
    <SettingsPanel
      title={titleOf(id, detail?.reject.call_id ?? null)}
      action={
        <Button component={Link} href={back} variant="default" leftSection={<BackIcon size={14} />}>
          All of the quarantine
        </Button>
      }
    >
      {taken !== null && <TakenNote taken={taken} />}
      {taken === null && reject.isLoadingError && <ErrorState error={reject.error} onRetry={() => reject.refetch()} />}
      {taken === null && reject.isPending && <LoadingState height={320} />}
      {taken === null && detail !== undefined && <RejectWork detail={detail} onTaken={setTaken} />}
    </SettingsPanel>
  );
}

const titleOf = (id: string, callId: string | null): string => (callId === null ? `Document ${id}` : `Call ${callId}`);

function useListAddress(): string {
  const address = useAddress();
  return address('/settings/quarantine', { after: useParameter('after') });
}

type Taken = Extract<RetryAnswer, { readonly taken: true }>;
type Refused = Extract<RetryAnswer, { readonly taken: false }>;

const outcomeTexts: Readonly<Record<string, string>> = {
  stored: 'It is stored, and counts.',
  replaced: 'It has replaced what was stored of the call, and counts in its place.',
  unchanged: 'The call was stored just so already; nothing has changed.',
  stale: 'A later revision of the call is stored; nothing has changed.',
};

function TakenNote({ taken: { call_id, outcome } }: { readonly taken: Taken }) {
  const address = useAddress();
  return (
    <Alert
      variant="default"
      m={14}
      p="sm"
      role="status"
      title="Taken"
      className="note good"
      tabIndex={-1}
      ref={(note) => note?.focus()}
    >
      {outcomeTexts[outcome] ?? outcome} <Link href={address('/call', { id: call_id })}>See the call {call_id}</Link>
    </Alert>
  );
}

interface WorkProps {
  readonly detail: RejectDetail;
  readonly onTaken: (taken: Taken) => void;
}

function RejectWork({ detail: { reject, document }, onTaken }: WorkProps) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const retry = useChange({
    send: (corrected: string | null) =>
      ask<RetryAnswer>(`/dashboard/rejects/${reject.id}/retry`, {
        method: 'POST',
        body: corrected === null ? {} : { document: corrected },
      }),
    touches: ['rejects', 'session', liveKey],
  });
  const send = (corrected: string | null) =>
    retry.mutate(corrected, { onSuccess: (answer) => (answer.taken ? onTaken(answer) : setRefused(answer)) });
  const problem = refused ?? reject;
  return (
    <div className="reject">
      <Problem problem={problem} isNew={refused !== null} />
      <Origin reject={reject} />
      <Refusal error={retry.error} />
      <DocumentEditor
        document={document}
        path={problem.path}
        busy={retry.isPending ? (retry.variables === null ? 'sent' : 'corrected') : null}
        onSend={send}
        drop={<DropButton reject={reject} />}
      />
    </div>
  );
}

interface ProblemProps {
  readonly problem: { readonly path: string; readonly error: string };
  readonly isNew: boolean;
}

function Problem({ problem: { path, error }, isNew }: ProblemProps) {
  return (
    <Alert
      variant="default"
      p="sm"
      role={isNew ? 'alert' : 'note'}
      title={isNew ? 'Still not taken' : 'Not taken'}
      className="note bad"
    >
      <code>{path === '' ? 'The whole document' : path}</code> {error}
    </Alert>
  );
}

function Origin({ reject: { times, first_at, last_at, user } }: { readonly reject: RejectSummary }) {
  return (
    <Text size="sm" c="dimmed">
      Sent with a key of {printUser(user)} <Ago instant={first_at} />
      {times > 1 && (
        <>
          , and {times.toLocaleString()} times in all, last <Ago instant={last_at} />
        </>
      )}
      .
    </Text>
  );
}

function DropButton({ reject }: { readonly reject: RejectSummary }) {
  const [isAsked, setIsAsked] = useState(false);
  const back = useListAddress();
  const drop = useChange({
    send: () => ask<void>(`/dashboard/rejects/${reject.id}`, { method: 'DELETE' }),
    touches: ['rejects'],
  });
  return (
    <>
      <Button variant="default" onClick={() => setIsAsked(true)}>
        Drop…
      </Button>
      <ConfirmDialog
        title="Drop this document?"
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
        action="Drop it"
        isFinal
        onConfirm={() => drop.mutate(undefined, { onSuccess: () => navigate(back) })}
        isBusy={drop.isPending}
        error={drop.error}
      >
        <Text size="sm">
          What was sent is removed and cannot be had back from here. Figures stay as they are: it was in none of them.
        </Text>
      </ConfirmDialog>
    </>
  );
}
