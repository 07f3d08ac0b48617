import { ActionIcon, Menu, Modal, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, isSignedOut } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { MoonIcon, SunIcon, UserIcon } from '../parts/icons.tsx';
import { navigate } from '../router/location.ts';

/** Who has signed in, the colours, and the way out. */
export function UserMenu({ onKeys }: { readonly onKeys: () => void }) {
  const { user } = useSession();
  const signOut = useSignOut();
  return (
    <>
      <SchemeButton />
      <Menu
        position="bottom-end"
        width={220}
        shadow="md"
        transitionProps={{ duration: 0 }}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <ActionIcon aria-label={`Account of ${user.login}`}>
            <UserIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate title={user.login}>
              {user.login}
            </Text>
            tool {user.tool}
            {user.is_admin ? ', administrator' : ''}
          </Menu.Label>
          <Menu.Item onClick={() => navigate('/settings/users')}>Change the password</Menu.Item>
          <Menu.Item onClick={onKeys}>Keys</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => signOut.mutate('/dashboard/session')}>Sign out</Menu.Item>
          <Menu.Item onClick={() => signOut.mutate('/dashboard/sessions')}>Sign out everywhere</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={signOut.isError}
        onClose={signOut.reset}
        title="You are still signed in"
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {signOut.error?.message}
      </Modal>
    </>
  );
}

/** Ends the session, or all of the user, by the address of what is ended. */
function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (address: string) =>
      ask<void>(address, { method: 'DELETE' }).catch((error: unknown) => {
        // Whose session has ended already is out.
        if (!isSignedOut(error)) throw error;
      }),
    onSuccess: () => {
      navigate('/sign-in');
      queries.clear();
    },
  });
}

function SchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <ActionIcon
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
      aria-label={isDark ? 'Light colours' : 'Dark colours'}
    >
      {isDark ? <SunIcon /> : <MoonIcon />}
    </ActionIcon>
  );
}
