import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { NumberSettings, UserSettings } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { printPhone } from '../../format/phones.ts';
import { useChange } from './change.ts';
import { Refusal } from './outcome.tsx';
import { useOtherUsers } from './use-users.ts';
import { UserChoice } from './user-choice.tsx';
import { printUser } from './user-names.ts';

interface Props {
  readonly number: NumberSettings;
  readonly onGiven: () => void;
}

/** A new owner for a number, in two steps. */
export function GiveAway({ number, onGiven }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const others = useOtherUsers((id) => id !== number.owner.id);
  const give = useChange({
    send: (userId: number) =>
      ask<unknown>('/dashboard/numbers/give', { method: 'POST', body: { number: number.number, user_id: userId } }),
    touches: ['numbers', 'session'],
  });
  const receiver = others.find(({ id }) => id === chosen);
  const choose = (userId: number | null) => {
    setChosen(userId);
    setIsAsked(false);
  };
  return (
    <section>
      <Title order={3}>Give away</Title>
      <Text size="sm" c="dimmed">
        Another user becomes the owner, with all figures from the first call on.
      </Text>
      <Group gap="xs" align="flex-end" mt="xs">
        <UserChoice label="New owner" users={others} value={chosen} onChange={choose} />
        <Button variant="default" onClick={() => setIsAsked(true)} disabled={receiver === undefined || isAsked}>
          Give away…
        </Button>
      </Group>
      {isAsked && receiver !== undefined && (
        <Question
          number={number}
          receiver={receiver}
          isBusy={give.isPending}
          onAnswer={(isYes) => (isYes ? give.mutate(receiver.id, { onSuccess: onGiven }) : setIsAsked(false))}
        />
      )}
      <Refusal error={give.error} />
    </section>
  );
}

interface QuestionProps {
  readonly number: NumberSettings;
  readonly receiver: UserSettings;
  readonly isBusy: boolean;
  readonly onAnswer: (isYes: boolean) => void;
}

function Question({ number: { number, owner }, receiver, isBusy, onAnswer }: QuestionProps) {
  return (
    <Alert variant="default" mt="xs" p="sm" role="group" aria-label="Confirm" className="note warning">
      <Text size="sm">
        {printPhone(number)} becomes {printUser(receiver)}’s. {printUser(owner)} then sees it only where it is shared
        back, and reports of the API have it under the new owner.
      </Text>
      <Group gap="xs" mt="xs">
        <Button color="red.8" onClick={() => onAnswer(true)} loading={isBusy} autoFocus>
          Give it to {printUser(receiver)}
        </Button>
        <Button variant="default" onClick={() => onAnswer(false)}>
          Keep it
        </Button>
      </Group>
    </Alert>
  );
}
