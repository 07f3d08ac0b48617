import { ActionIcon, Menu, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ask } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { MoonIcon, SunIcon, UserIcon } from '../parts/icons.tsx';
import { navigate } from '../router/location.ts';

/** Who has signed in, the colours, and the way out. */
export function UserMenu() {
  const { user } = useSession();
  const queries = useQueryClient();
  const signOut = async (address: string) => {
    await ask(address, { method: 'DELETE' });
    navigate('/sign-in');
    queries.clear();
    await queries.resetQueries({ queryKey: ['session'] });
  };
  return (
    <>
      <SchemeButton />
      <Menu position="bottom-end" width={220} shadow="md">
        <Menu.Target>
          <ActionIcon aria-label={`Account of ${user.login}`}>
            <UserIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text size="sm" fw={600} c="var(--mantine-color-text)">
              {user.login}
            </Text>
            tool {user.tool}
            {user.is_admin ? ', administrator' : ''}
          </Menu.Label>
          <Menu.Item onClick={() => navigate('/settings/users')}>Change the password</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => signOut('/dashboard/session')}>Sign out</Menu.Item>
          <Menu.Item onClick={() => signOut('/dashboard/sessions')}>Sign out everywhere</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
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
