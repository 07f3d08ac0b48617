import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ask, isAbout } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { useChange } from './change.ts';
import { Outcome, Refusal } from './outcome.tsx';
import { NewPasswordField, visibilityButton } from './password-field.tsx';
import { SettingsPanel } from './settings-panel.tsx';

/** One's own password. */
export function OwnPassword() {
  const { user } = useSession();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useChange({
    send: (body: { readonly current: string; readonly password: string }) =>
      ask<void>('/dashboard/password', { method: 'POST', body }),
    touches: [],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const forget = () => {
      setCurrent('');
      setPassword('');
    };
    change.mutate({ current, password }, { onSuccess: forget });
  };
  const isCurrentWrong = isAbout(change.error, 'current');
  const hint = `Of ${user.login}. Wherever else you have signed in, in other browsers, you are signed out; here you stay.`;
  return (
    <SettingsPanel title="Your password" hint={hint}>
      <form onSubmit={submit} className="settings-form">
        <Stack gap="sm" maw={320}>
          <input type="text" name="username" autoComplete="username" value={user.login} readOnly hidden />
          <PasswordInput
            label="Current password"
            name="current"
            required
            withAsterisk={false}
            maxLength={4096}
            autoComplete="current-password"
            value={current}
            aria-invalid={isCurrentWrong}
            error={isCurrentWrong ? 'This is not your password of now.' : null}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            visibilityToggleButtonProps={visibilityButton}
          />
          <NewPasswordField label="New password" name="password" value={password} onChange={setPassword} />
          <Refusal error={isCurrentWrong ? null : change.error} />
          <Group gap="sm">
            <Button type="submit" loading={change.isPending}>
              Change the password
            </Button>
            <Outcome done={change.isSuccess ? 'The password is changed, and other browsers are signed out.' : null} />
          </Group>
        </Stack>
      </form>
    </SettingsPanel>
  );
}
