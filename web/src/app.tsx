import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense } from 'react';
import { ask, isSignedOut } from './api/client.ts';
import { type Session, SessionContext } from './api/session.ts';
import { ErrorState, FirstCallState, NothingState } from './parts/states.tsx';
import { usePlace } from './router/location.ts';
import { SignIn } from './sections/sign-in/sign-in.tsx';
import { Shell } from './shell/shell.tsx';

/** Sections by path; each is loaded when it is first opened. `needsCalls` are those that have nothing to show without any. */
const pages: Readonly<Record<string, { readonly page: ComponentType; readonly needsCalls: boolean }>> = {
  '/': {
    page: lazy(() => import('./sections/overview/overview.tsx').then(({ Overview }) => ({ default: Overview }))),
    needsCalls: true,
  },
  '/volume': {
    page: lazy(() => import('./sections/volume/volume.tsx').then(({ Volume }) => ({ default: Volume }))),
    needsCalls: true,
  },
  '/events': {
    page: lazy(() => import('./sections/events/events.tsx').then(({ Events }) => ({ default: Events }))),
    needsCalls: true,
  },
  '/performance': {
    page: lazy(() =>
      import('./sections/performance/performance.tsx').then(({ Performance }) => ({ default: Performance })),
    ),
    needsCalls: true,
  },
  '/flow': {
    page: lazy(() => import('./sections/flow/flow.tsx').then(({ Flow }) => ({ default: Flow }))),
    needsCalls: true,
  },
  '/callers': {
    page: lazy(() => import('./sections/callers/callers.tsx').then(({ Callers }) => ({ default: Callers }))),
    needsCalls: true,
  },
  '/calls': {
    page: lazy(() => import('./sections/calls/calls.tsx').then(({ Calls }) => ({ default: Calls }))),
    needsCalls: true,
  },
  '/call': {
    page: lazy(() => import('./sections/calls/call.tsx').then(({ Call }) => ({ default: Call }))),
    needsCalls: false,
  },
  '/settings': {
    page: lazy(() => import('./sections/settings/settings.tsx').then(({ Settings }) => ({ default: Settings }))),
    needsCalls: false,
  },
};

/** The gate: who has signed in, and then the page of the address. */
export function App() {
  const { path } = usePlace();
  const session = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => ask<Session>('/dashboard/session', { signal }),
    retry: (count, error) => !isSignedOut(error) && count < 2,
    staleTime: 60_000,
  });
  if (isSignedOut(session.error) || path === '/sign-in') return <SignIn />;
  if (session.isError && session.data === undefined) {
    return <ErrorState error={session.error} onRetry={() => session.refetch()} />;
  }
  if (session.data === undefined) {
    return (
      <Center h="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  return (
    <SessionContext value={session.data}>
      <Shell>
        <PageOf path={path} session={session.data} />
      </Shell>
    </SessionContext>
  );
}

function PageOf({ path, session }: { readonly path: string; readonly session: Session }) {
  const found = pages[path.startsWith('/settings/') ? '/settings' : path];
  if (found === undefined) return <NothingState>There is no page at {path}.</NothingState>;
  if (found.needsCalls && session.numbers.length === 0) return <FirstCallState />;
  return (
    <Suspense fallback={<Loader aria-label="Loading" />}>
      <found.page />
    </Suspense>
  );
}
