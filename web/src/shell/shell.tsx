import { ActionIcon, Burger, Group, NavLink, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { type LiveState, useLiveUpdates } from '../api/live.ts';
import { useSession } from '../api/session.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { Link } from '../router/link.tsx';
import { usePlace } from '../router/location.ts';
import { useAddress } from '../state/filters.ts';
import { FilterBar } from './filter-bar.tsx';
import { sectionOf, sections } from './sections.ts';
import { useShortcuts } from './shortcuts.tsx';
import { UserMenu } from './user-menu.tsx';

/** The frame of every page: the menu, what is looked at, and whose figures they are. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [isMenuOpen, { toggle, close }] = useDisclosure(false);
  const { path } = usePlace();
  const section = sectionOf(path);
  const live = useLiveUpdates();
  const shortcuts = useShortcuts();
  const title = section?.title ?? 'Not found';
  useEffect(() => {
    document.title = `${title} · Voxgauge`;
  }, [title]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has arrived at another page is done with the menu
  useEffect(() => close(), [path, close]);
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
        <Link href="/" className="brand">
          Voxgauge
        </Link>
        <Group gap="xs" wrap="nowrap" ml="auto">
          <LiveMark state={live} />
          <UserMenu />
        </Group>
      </header>
      <div className={`menu${isMenuOpen ? ' open' : ''}`}>
        <Menu path={path} onClose={close} />
      </div>
      <main id="content" className="content" tabIndex={-1}>
        <Group justify="space-between" gap="xs" mb="sm">
          <Title order={1}>{title}</Title>
          {section !== undefined && section.filters !== 'none' && path !== '/call' && (
            <FilterBar hasPeriod={section.filters === 'all'} />
          )}
        </Group>
        {children}
      </main>
      {shortcuts}
    </div>
  );
}

function Menu({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const address = useAddress();
  const { account } = useSession();
  const current = sectionOf(path);
  return (
    <nav aria-label="Sections" className="menu-list">
      <ActionIcon className="menu-close" onClick={onClose} aria-label="Close the menu">
        <CloseIcon />
      </ActionIcon>
      {sections.map((section) => (
        <NavLink
          key={section.path}
          component={Link}
          href={address(section.path)}
          label={section.title}
          leftSection={<section.icon />}
          active={section === current}
          aria-current={section === current ? 'page' : undefined}
        />
      ))}
      <div className="menu-foot">
        <Text size="xs" c="dimmed">
          {account.name}
          <br />
          Days of {account.time_zone}
        </Text>
        <Text size="xs">
          <a href="/docs">API reference</a> · <a href="/docs/guides">Guides</a>
        </Text>
      </div>
    </nav>
  );
}

const liveTexts: Readonly<Record<LiveState, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  interrupted: 'Not live: reconnecting…',
};

function LiveMark({ state }: { readonly state: LiveState }) {
  return (
    <Text
      size="xs"
      c="dimmed"
      className={`live ${state}`}
      role="status"
      title="Figures follow by themselves while calls come in"
    >
      <span aria-hidden="true" className="live-dot" />
      {liveTexts[state]}
    </Text>
  );
}
