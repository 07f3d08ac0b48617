import { createContext, useContext } from 'react';
import type { Session } from '../../../src/wire/dashboard/session.ts';

export type { Session };

export const SessionContext = createContext<Session | null>(null);

/** Who has signed in. Only below the gate in `app.tsx`, which shows the sign-in page to everybody else. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('nobody has signed in');
  return session;
}
