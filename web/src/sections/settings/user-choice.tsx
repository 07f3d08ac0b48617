import { Select } from '@mantine/core';
import type { UserSettings } from '../../../../src/wire/dashboard/settings.ts';
import { printUser } from './user-names.ts';

interface Props {
  readonly label: string;
  readonly users: readonly UserSettings[];
  readonly value: number | null;
  readonly onChange: (userId: number | null) => void;
}

/** One of the users of the account. */
export function UserChoice({ label, users, value, onChange }: Props) {
  return (
    <Select
      label={label}
      placeholder={users.length === 0 ? 'no other users' : 'Choose a user'}
      disabled={users.length === 0}
      data={users.map((user) => ({ value: `${user.id}`, label: printUser(user) }))}
      value={value === null ? null : `${value}`}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      searchable
      limit={100}
      nothingFoundMessage="No such user"
      className="user-choice"
    />
  );
}
