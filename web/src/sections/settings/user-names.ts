import type { UserName } from '../../../../src/wire/dashboard/session.ts';

/** The same login may live in several tools. */
export const printUser = ({ tool, login }: Omit<UserName, 'id'>): string => `${login} (${tool})`;
