import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { NumberSettings } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { printPhone } from '../../format/phones.ts';
import { useChange } from './change.ts';
import { Dialog } from './dialog.tsx';
import { GiveAway } from './give-away.tsx';
import { Outcome, Refusal } from './outcome.tsx';
import { useOtherUsers } from './use-users.ts';
import { UserChoice } from './user-choice.tsx';
import { printUser } from './user-names.ts';

interface Props {
  /** null where no dialog is open. */
  readonly number: NumberSettings | null;
  readonly onClose: () => void;
}

/** Who sees a number besides its owner, and a new owner for it. */
export function NumberDialog({ number, onClose }: Props) {
  return (
    <Dialog title={number === null ? '' : printPhone(number.number)} isOpen={number !== null} onClose={onClose}>
      {number !== null && (
        <Stack gap="lg">
          <Shares number={number} />
          <GiveAway number={number} onGiven={onClose} />
        </Stack>
      )}
    </Dialog>
  );
}

function Shares({ number }: { readonly number: NumberSettings }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const { owner, shared_with } = number;
  const others = useOtherUsers((id) => id !== owner.id && shared_with.every((user) => user.id !== id));
  const change = useChange({
    send: ({ verb, userId }: { readonly verb: 'share' | 'unshare'; readonly userId: number }) =>
      ask<unknown>(`/dashboard/numbers/${verb}`, { method: 'POST', body: { number: number.number, user_id: userId } }),
    touches: ['numbers', 'session'],
  });
  const share = () => {
    if (chosen !== null) change.mutate({ verb: 'share', userId: chosen }, { onSuccess: () => setChosen(null) });
  };
  return (
    <section>
      <Title order={3}>Shared with</Title>
      <Text size="sm" c="dimmed">
        Owned by {printUser(owner)}. Whoever it is shared with sees its figures and calls, and cannot share it on.
      </Text>
      {shared_with.length === 0 && <Text size="sm">Nobody.</Text>}
      <ul className="plain-list">
        {shared_with.map((user) => (
          <li key={user.id}>
            <span>{printUser(user)}</span>
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => change.mutate({ verb: 'unshare', userId: user.id })}
              loading={change.isPending && change.variables.userId === user.id}
              aria-label={`Stop sharing with ${printUser(user)}`}
            >
              Stop sharing
            </Button>
          </li>
        ))}
      </ul>
      <Group gap="xs" align="flex-end" mt="xs">
        <UserChoice label="Share with" users={others} value={chosen} onChange={setChosen} />
        <Button
          onClick={share}
          disabled={chosen === null}
          loading={change.isPending && change.variables.verb === 'share'}
        >
          Share
        </Button>
      </Group>
      <Outcome done={change.isSuccess ? doneTexts[change.variables.verb] : null} at={change.submittedAt} />
      <Refusal error={change.error} />
    </section>
  );
}

const doneTexts = { share: 'It is shared.', unshare: 'It is no longer shared.' } as const;
