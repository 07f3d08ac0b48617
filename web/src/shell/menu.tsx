import { Drawer, NavLink, Text } from '@mantine/core';
import { useSession } from '../api/session.ts';
import { Link } from '../router/link.tsx';
import { usePlace } from '../router/location.ts';
import { useAddress } from '../state/filters.ts';
import { sectionOf, sections } from './sections.ts';

/** The sections, and whose figures they show. */
export function Menu({ onFollow }: { readonly onFollow?: () => void }) {
  const address = useAddress();
  const { account } = useSession();
  const current = sectionOf(usePlace().path);
  return (
    <nav aria-label="Sections" className="menu-list">
      {sections.map((section) => (
        <NavLink
          key={section.path}
          component={Link}
          href={address(section.path)}
          label={section.title}
          leftSection={<section.icon />}
          active={section === current}
          aria-current={section === current ? 'page' : undefined}
          {...(onFollow === undefined ? {} : { onClick: onFollow })}
        />
      ))}
      <div className="menu-foot">
        <Text size="xs" c="dimmed">
          {account.name}
          <br />
          Days of {account.time_zone.replaceAll('_', ' ')}
        </Text>
        <Text size="xs">
          <a href="/docs">API reference</a> · <a href="/docs/guides">Guides</a>
        </Text>
      </div>
    </nav>
  );
}

interface DrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The same on a phone, where there is no room beside the page. */
export function MenuDrawer({ isOpen, onClose }: DrawerProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={264}
      title="Voxgauge"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close the menu' }}
      classNames={{ content: 'menu-drawer', body: 'menu-drawer-body' }}
    >
      <Menu onFollow={onClose} />
    </Drawer>
  );
}
