import { Alert, Button, NativeSelect, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Session, SignIn as SignInRequest } from '../../../../src/wire/dashboard/session.ts';
import { ask, isSignedOut } from '../../api/client.ts';
import { navigate, usePlace } from '../../router/location.ts';
import { refusalText } from './refusal.ts';
import { lastTool, rememberTool, tools } from './tools.ts';

/** The page for whoever has not signed in. Afterwards one is where one wanted to be. */
export function SignIn() {
  const password = useRef<HTMLInputElement>(null);
  const signIn = useSignIn();
  useEffect(() => {
    document.title = 'Sign in · Voxgauge';
  }, []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => `${fields.get(name) ?? ''}`;
    signIn.mutate(
      { tool: text('tool'), login: text('login').trim(), password: text('password') },
      { onError: (error) => isSignedOut(error) && password.current?.select() },
    );
  };
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <div className="sign-in-brand">
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <span>Voxgauge</span>
        </div>
        <Paper withBorder p="lg" className="sign-in-paper">
          <form onSubmit={submit}>
            <Stack gap="sm">
              <Title order={1}>Sign in</Title>
              <TextInput
                label="Login"
                name="login"
                required
                withAsterisk={false}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                autoFocus
                size="sm"
              />
              <PasswordField field={password} />
              <NativeSelect label="Tool" name="tool" data={[...tools]} defaultValue={lastTool()} size="sm" />
              {signIn.isError && (
                <Alert variant="default" role="alert" p="xs" className="note bad">
                  {refusalText(signIn.error, signIn.submittedAt)}
                </Alert>
              )}
              <Button type="submit" loading={signIn.isPending} size="sm">
                Sign in
              </Button>
            </Stack>
          </form>
        </Paper>
        <Text size="xs" c="dimmed">
          No login yet? An administrator adds one under Settings, or <code>voxgauge user add</code> on the server.
        </Text>
      </div>
    </main>
  );
}

function useSignIn() {
  const queries = useQueryClient();
  const { path } = usePlace();
  return useMutation({
    mutationFn: (body: SignInRequest) => ask<Session>('/dashboard/session', { method: 'POST', body }),
    onSuccess: (session, { tool }) => {
      rememberTool(tool);
      // What somebody else has seen here before is theirs.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      if (path === '/sign-in') navigate('/', { replace: true });
      queries.setQueryData(['session'], session);
    },
  });
}

function PasswordField({ field }: { readonly field: { current: HTMLInputElement | null } }) {
  const [hasCapsLock, setHasCapsLock] = useState(false);
  const notice = (event: KeyboardEvent) => setHasCapsLock(event.getModifierState('CapsLock'));
  return (
    <PasswordInput
      label="Password"
      name="password"
      required
      withAsterisk={false}
      autoComplete="current-password"
      size="sm"
      ref={field}
      onKeyDown={notice}
      onKeyUp={notice}
      onBlur={() => setHasCapsLock(false)}
      description={hasCapsLock ? <span role="status">Caps Lock is on.</span> : null}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
    />
  );
}
