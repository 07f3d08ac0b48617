import type { UserChange, UserSettings } from '../../../../src/wire/dashboard/settings.ts';

interface Action {
  /** In the menu. */
  readonly label: string;
  /** On the button that does it. */
  readonly verb: string;
  readonly title: (login: string) => string;
  /** What happens then. */
  readonly meaning: string;
  readonly done: (login: string) => string;
  /** null where something is to be typed first. */
  readonly change: UserChange | null;
}

/** What an administrator does with a user. */
export const userActions = {
  promote: {
    label: 'Make administrator…',
    verb: 'Make administrator',
    title: (login) => `Make ${login} an administrator?`,
    meaning:
      'Administrators see all numbers of the account here, add and change users, and set what holds for everybody.',
    done: (login) => `${login} is an administrator.`,
    change: { is_admin: true },
  },
  demote: {
    label: 'Make ordinary user…',
    verb: 'Make ordinary user',
    title: (login) => `Make ${login} an ordinary user?`,
    meaning:
      'What they own and what is shared with them stays theirs. They change neither users nor the account any more.',
    done: (login) => `${login} is an ordinary user.`,
    change: { is_admin: false },
  },
  password: {
    label: 'Set a password…',
    verb: 'Set the password',
    title: (login) => `A new password for ${login}`,
    meaning: 'It holds at once, and ends where they have signed in. Their keys and tokens stay valid.',
    done: (login) => `${login} has a new password.`,
    change: null,
  },
  disable: {
    label: 'Disable…',
    verb: 'Disable',
    title: (login) => `Disable ${login}?`,
    meaning:
      'They are signed out and cannot sign in, and their keys and tokens are refused. Numbers, calls and figures stay, and the login can be enabled again.',
    done: (login) => `${login} is disabled.`,
    change: { is_disabled: true },
  },
  enable: {
    label: 'Enable…',
    verb: 'Enable',
    title: (login) => `Enable ${login}?`,
    meaning: 'They can sign in again, and their keys and tokens are valid again.',
    done: (login) => `${login} is enabled.`,
    change: { is_disabled: false },
  },
} as const satisfies Record<string, Action>;

export type UserAction = keyof typeof userActions;

/** None of oneself: what one could not take back, another administrator does, and the own password takes the current one. */
export function possibleActions({ is_admin, is_disabled, is_you }: UserSettings): readonly UserAction[] {
  return is_you ? [] : [is_admin ? 'demote' : 'promote', 'password', is_disabled ? 'enable' : 'disable'];
}
