import { useQuery } from '@tanstack/react-query';
import type { UserList } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';

/** The users of the account. */
export const useUsers = () =>
  useQuery({ queryKey: ['users'], queryFn: ({ signal }) => ask<UserList>('/dashboard/users', { signal }) });

/** Those that may be chosen for a number. */
export const useOtherUsers = (isMeant: (userId: number) => boolean) =>
  (useUsers().data?.users ?? []).filter(({ id, is_disabled }) => !is_disabled && isMeant(id));
