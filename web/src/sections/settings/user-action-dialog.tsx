import { Text } from '@mantine/core';
import { useState } from 'react';
import type { UserSettings } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';
import { useChange } from './change.ts';
import { Confirmation, Dialog } from './dialog.tsx';
import { leastPassword, NewPasswordField } from './password-field.tsx';
import { type UserAction, userActions } from './user-actions.ts';

export interface AskedAction {
  readonly action: UserAction;
  readonly user: UserSettings;
}

interface Props {
  /** null where no dialog is open. */
  readonly asked: AskedAction | null;
  readonly onClose: () => void;
  readonly onDone: (sentence: string) => void;
}

/** Asks before a user is changed. */
export function UserActionDialog({ asked, onClose, onDone }: Props) {
  const title = asked === null ? '' : userActions[asked.action].title(asked.user.login);
  return (
    <Dialog title={title} isOpen={asked !== null} onClose={onClose}>
      {asked !== null && <ActionForm asked={asked} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

function ActionForm({ asked: { action: name, user }, onClose, onDone }: Props & { readonly asked: AskedAction }) {
  const [password, setPassword] = useState('');
  const change = useChange({
    send: (body: unknown) => ask<unknown>(`/dashboard/users/${user.id}`, { method: 'PATCH', body }),
    touches: ['users', 'session'],
  });
  const action = userActions[name];
  const needsPassword = action.change === null;
  return (
    <Confirmation
      action={action.verb}
      onConfirm={() =>
        change.mutate(action.change ?? { password }, { onSuccess: () => onDone(action.done(user.login)) })
      }
      onCancel={onClose}
      isBusy={change.isPending}
      error={change.error}
      isFinal={name === 'disable'}
      isDisabled={needsPassword && password.length < leastPassword}
    >
      <Text size="sm">{action.meaning}</Text>
      {needsPassword && (
        <NewPasswordField label="New password" value={password} onChange={setPassword} name="password" />
      )}
    </Confirmation>
  );
}
