import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ask } from '../../api/client.ts';
import { tools } from '../sign-in/tools.ts';
import { useChange } from './change.ts';
import { Dialog } from './dialog.tsx';
import { Refusal } from './outcome.tsx';
import { NewPasswordField } from './password-field.tsx';

/** Adds somebody who may sign in. */
export function NewUser() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Add a user</Button>
      <Dialog title="New user" isOpen={isOpen} onClose={() => setIsOpen(false)}>
        {isOpen && <UserForm onDone={() => setIsOpen(false)} />}
      </Dialog>
    </>
  );
}

function UserForm({ onDone }: { readonly onDone: () => void }) {
  const [password, setPassword] = useState('');
  const add = useChange({
    send: (body: unknown) => ask<unknown>('/dashboard/users', { method: 'POST', body }),
    touches: ['users'],
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => `${fields.get(name) ?? ''}`;
    const user = { tool: text('tool'), login: text('login').trim(), password, is_admin: fields.has('is_admin') };
    add.mutate(user, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          name="login"
          label="Login"
          description="What they sign in with: a name, or a mail address."
          required
          withAsterisk={false}
          maxLength={256}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
        />
        <NativeSelect
          name="tool"
          label="Tool"
          description="The same login may live in several tools; “dev” unless you know better."
          data={[...tools]}
          size="xs"
        />
        <NewPasswordField label="Password" name="password" value={password} onChange={setPassword} />
        <Checkbox
          name="is_admin"
          label="Administrator"
          description="Sees all numbers here, adds and changes users, and sets what holds for everybody."
        />
        <Refusal error={add.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
