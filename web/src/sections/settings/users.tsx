import { Badge, Button, Menu } from '@mantine/core';
import { useRef, useState } from 'react';
import type { UserList, UserSettings } from '../../../../src/wire/dashboard/settings.ts';
import { useSession } from '../../api/session.ts';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { NewUser } from './new-user.tsx';
import { Outcome } from './outcome.tsx';
import { OwnPassword } from './own-password.tsx';
import { type RowColumn, RowTable } from './row-table.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { useUsers } from './use-users.ts';
import { type AskedAction, UserActionDialog } from './user-action-dialog.tsx';
import { possibleActions, type UserAction, userActions } from './user-actions.ts';

/** Who may sign in to the account, and one's own password. */
export function Users() {
  const { user } = useSession();
  const users = useUsers();
  const hint = user.is_admin
    ? 'Each user has numbers, keys and tokens of their own, and signs in with a login of a tool. Administrators set up the account.'
    : 'Users of the account, with whom numbers can be shared. Administrators add users and change them.';
  return (
    <div className="settings-panels">
      <SettingsPanel title="Users" hint={hint} action={users.data?.can_change === true && <NewUser />}>
        {users.isLoadingError && <ErrorState error={users.error} onRetry={() => users.refetch()} />}
        {users.isPending && <LoadingState height={160} />}
        {users.data !== undefined && <UserTable list={users.data} />}
      </SettingsPanel>
      <OwnPassword />
    </div>
  );
}

function UserTable({ list }: { readonly list: UserList }) {
  const [asked, setAsked] = useState<AskedAction | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const finish = (sentence: string) => {
    setAsked(null);
    setDone(sentence);
  };
  const actions: RowColumn<UserSettings> = {
    label: 'Actions',
    isActions: true,
    show: (user) =>
      possibleActions(user).length > 0 && <UserMenu user={user} onChoose={(action) => setAsked({ action, user })} />,
  };
  return (
    <>
      <Outcome done={done} />
      <RowTable
        label="Users"
        columns={list.can_change ? [...columns, actions] : columns}
        rows={list.users}
        rowKey={({ id }) => id}
      />
      <UserActionDialog asked={asked} onClose={() => setAsked(null)} onDone={finish} />
    </>
  );
}

const columns: readonly RowColumn<UserSettings>[] = [
  {
    label: 'Login',
    show: ({ login, is_you }) => (
      <>
        {login}
        {is_you && <span className="muted"> (you)</span>}
      </>
    ),
  },
  { label: 'Tool', show: ({ tool }) => tool },
  { label: 'Role', show: ({ is_admin }) => (is_admin ? 'Administrator' : 'User') },
  {
    label: 'State',
    show: ({ is_disabled }) =>
      is_disabled ? (
        <Badge size="sm" variant="default" tt="none">
          disabled
        </Badge>
      ) : (
        'active'
      ),
  },
];

interface MenuProps {
  readonly user: UserSettings;
  readonly onChoose: (action: UserAction) => void;
}

function UserMenu({ user, onChoose }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const choose = (action: UserAction) => {
    // The dialog gives the focus back to where it was: the item of the menu will be gone then.
    button.current?.focus();
    onChoose(action);
  };
  return (
    <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-xs"
          aria-label={`Change ${user.login} of tool ${user.tool}`}
          ref={button}
        >
          Change…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {possibleActions(user).map((action) => (
          <Menu.Item key={action} onClick={() => choose(action)}>
            {userActions[action].label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
