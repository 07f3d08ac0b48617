import { Burger, Group, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';
import { type LiveState, useLiveUpdates } from '../api/live.ts';
import { useSession } from '../api/session.ts';
import { Announcer } from '../parts/announcer.tsx';
import { Link } from '../router/link.tsx';
import { type Place, usePlace } from '../router/location.ts';
import { useAddress } from '../state/filters.ts';
import { FilterBar } from './filter-bar.tsx';
import { Menu, MenuDrawer } from './menu.tsx';
import { pageTitle, sectionOf } from './sections.ts';
import { useShortcuts } from './shortcuts.tsx';
import { UserMenu } from './user-menu.tsx';

/** The frame of every page: the menu, what is looked at, and whose figures they are. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [isMenuOpen, { toggle, close }] = useDisclosure(false);
  const place = usePlace();
  const { path } = place;
  const { numbers } = useSession();
  const address = useAddress();
  const section = sectionOf(path);
  const live = useLiveUpdates();
  const hasFilters = section !== undefined && section.filters !== 'none' && path !== '/call' && numbers.length > 0;
  const shortcuts = useShortcuts(hasFilters ? section.filters : 'none');
  const content = useArrival(place);
  return (
    <div className="shell">
      <a href="#content" className="skip-link">
        Skip to the content
      </a>
      <header className="topbar">
        <Burger
          opened={isMenuOpen}
          onClick={toggle}
          size="sm"
          className="menu-button"
          aria-label="Menu"
          aria-expanded={isMenuOpen}
        />
        <Link href={address('/')} className="brand">
          <img src="/favicon.svg" alt="" width={22} height={22} />
          Voxgauge
        </Link>
        <Group gap="xs" wrap="nowrap" ml="auto">
          <LiveMark state={live} />
          <UserMenu onKeys={shortcuts.open} />
        </Group>
      </header>
      <div className="menu">
        <Menu />
      </div>
      <MenuDrawer isOpen={isMenuOpen} onClose={close} />
      <main id="content" className="content" tabIndex={-1} ref={content}>
        <Group justify="space-between" gap="xs" mb="sm">
          <Title order={1}>{section?.title ?? 'Not found'}</Title>
          {hasFilters && <FilterBar hasPeriod={section.filters === 'all'} />}
        </Group>
        {children}
      </main>
      {shortcuts.dialog}
      <Announcer />
    </div>
  );
}

/** Names the window after the page; whoever has come by something that is gone now starts at the content. */
function useArrival(place: Place) {
  const content = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${pageTitle(place.path)} · Voxgauge`;
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    // The menu of a phone gives the focus back a moment after it has closed, and its button is not where one wants to go.
    const timer = setTimeout(() => {
      const { activeElement } = document;
      const isLost = activeElement === document.body || activeElement?.classList.contains('menu-button');
      if (isLost) content.current?.focus({ preventScroll: true });
    }, 60);
    return () => clearTimeout(timer);
  }, [place]);
  return content;
}

const liveTexts: Readonly<Record<LiveState, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  interrupted: 'Not live: reconnecting…',
  behind: 'Not up to date: trying again…',
};

function LiveMark({ state }: { readonly state: LiveState }) {
  return (
    <Text
      size="xs"
      c="dimmed"
      component="span"
      className={`live ${state}`}
      role="status"
      title="Figures follow by themselves while calls come in"
    >
      <span aria-hidden="true" className="live-dot" />
      {liveTexts[state]}
    </Text>
  );
}
