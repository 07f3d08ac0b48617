import { Badge } from '@mantine/core';
import type { ComponentType } from 'react';
import { NothingState } from '../../parts/states.tsx';
import { Link } from '../../router/link.tsx';
import { usePlace } from '../../router/location.ts';
import { useAddress } from '../../state/filters.ts';
import { Account } from './account.tsx';
import { Numbers } from './numbers.tsx';
import { Quarantine } from './quarantine.tsx';
import { useRejects } from './rejects.ts';
import { Retention } from './retention.tsx';
import { Keys, Tokens } from './secrets.tsx';
import './settings.css';
import { type SettingsTab, settingsTabOf, settingsTabs } from './tabs.ts';
import { Users } from './users.tsx';

const pages: Readonly<Record<SettingsTab['name'], ComponentType>> = {
  numbers: Numbers,
  keys: Keys,
  tokens: Tokens,
  users: Users,
  account: Account,
  quarantine: Quarantine,
  retention: Retention,
};

/** Everything that is set rather than looked at. */
export function Settings() {
  const { path } = usePlace();
  const address = useAddress();
  const current = settingsTabOf(path);
  const Page = current === null ? null : pages[current.name];
  return (
    <div className="settings">
      <nav aria-label="Settings" className="settings-tabs">
        {settingsTabs.map((tab) => (
          <Link
            key={tab.name}
            href={address(`/settings/${tab.name}`)}
            className="settings-tab"
            aria-current={tab === current ? 'page' : undefined}
          >
            {tab.title}
            {tab.name === 'quarantine' && <RejectCount />}
          </Link>
        ))}
      </nav>
      {Page === null ? <NothingState>There is no page at {path}.</NothingState> : <Page />}
    </div>
  );
}

/** How many documents wait for somebody to look at them. */
function RejectCount() {
  const total = useRejects(null).data?.total ?? 0;
  if (total === 0) return null;
  return (
    <Badge size="sm" variant="light" color="red" className="reject-count">
      {total.toLocaleString()}
      <span className="for-screen-readers"> documents</span>
    </Badge>
  );
}
