import { Alert, Button, Paper, PasswordInput, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Session, SignIn as SignInRequest } from '../../../../src/wire/dashboard/session.ts';
import { ask } from '../../api/client.ts';
import { navigate, usePlace } from '../../router/location.ts';

const tools = ['dev', 'insight', 'fuseplus'];

/** The page for whoever has not signed in. Afterwards one is where one wanted to be. */
export function SignIn() {
  const queries = useQueryClient();
  const { path } = usePlace();
  const signIn = useMutation({
    mutationFn: (body: SignInRequest) => ask<Session>('/dashboard/session', { method: 'POST', body }),
    onSuccess: (session) => {
      if (path === '/sign-in') navigate('/', { replace: true });
      queries.setQueryData(['session'], session);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => `${fields.get(name) ?? ''}`;
    signIn.mutate({ tool: text('tool'), login: text('login'), password: text('password') });
  };
  return (
    <main className="sign-in">
      <Paper withBorder p="lg" w={360} maw="100%">
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Title order={1}>Sign in to Voxgauge</Title>
            <Select label="Tool" name="tool" data={tools} defaultValue="dev" allowDeselect={false} size="sm" />
            <TextInput
              label="Login"
              name="login"
              required
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              size="sm"
            />
            <PasswordInput label="Password" name="password" required autoComplete="current-password" size="sm" />
            {signIn.isError && (
              <Alert color="red" role="alert">
                {signIn.error.message}
              </Alert>
            )}
            <Button type="submit" loading={signIn.isPending} size="sm">
              Sign in
            </Button>
            <Text size="xs" c="dimmed">
              Logins are made with <code>voxgauge user add</code>, or by an administrator under Settings.
            </Text>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
