import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { ask, isSignedOut } from './api/client.ts';
import { loadPart } from './api/load-part.ts';
import { type Session, SessionContext } from './api/session.ts';
import { FaultBoundary } from './parts/fault-boundary.tsx';
import { ErrorState, FirstCallState, NothingState } from './parts/states.tsx';
import { usePlace } from './router/location.ts';
import { SignIn } from './sections/sign-in/sign-in.tsx';
import { Shell } from './shell/shell.tsx';
import { UnseenNumbers, useUnseenNumbers } from './shell/unseen-numbers.tsx';

interface Page {
  readonly load: () => Promise<ComponentType>;
  /** Whether it has nothing to show without calls. */
  readonly needsCalls: boolean;
}

/** Sections by path; each is loaded when it is first opened. */
const pages: Readonly<Record<string, Page>> = {
  '/': { load: async () => (await import('./sections/overview/overview.tsx')).Overview, needsCalls: true },
  '/volume': { load: async () => (await import('./sections/volume/volume.tsx')).Volume, needsCalls: true },
  '/events': { load: async () => (await import('./sections/events/events.tsx')).Events, needsCalls: true },
  '/performance': {
    load: async () => (await import('./sections/performance/performance.tsx')).Performance,
    needsCalls: true,
  },
  '/flow': { load: async () => (await import('./sections/flow/flow.tsx')).Flow, needsCalls: true },
  '/callers': { load: async () => (await import('./sections/callers/callers.tsx')).Callers, needsCalls: true },
  '/calls': { load: async () => (await import('./sections/calls/calls.tsx')).Calls, needsCalls: true },
  '/call': { load: async () => (await import('./sections/calls/call.tsx')).Call, needsCalls: false },
  '/settings': { load: async () => (await import('./sections/settings/settings.tsx')).Settings, needsCalls: false },
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
  const name = path.startsWith('/settings/') ? '/settings' : path;
  const page = pages[name];
  const unseen = useUnseenNumbers();
  if (page === undefined) return <NothingState>There is no page at {path}.</NothingState>;
  if (page.needsCalls && session.numbers.length === 0) return <FirstCallState />;
  if (page.needsCalls && unseen.length > 0) return <UnseenNumbers unseen={unseen} />;
  return (
    <FaultBoundary key={name}>
      <LoadedPage name={name} load={page.load} />
    </FaultBoundary>
  );
}

function LoadedPage({ name, load }: Pick<Page, 'load'> & { readonly name: string }) {
  const page = useQuery({
    queryKey: ['page', name],
    queryFn: () => loadPart(load),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  if (page.data !== undefined) return <page.data />;
  if (page.error === null) return <Loader aria-label="Loading" />;
  return <ErrorState error={page.error} onRetry={page.refetch} />;
}
