import { Kbd, Modal, Switch, Table } from '@mantine/core';
import { useDisclosure, useHotkeys, useLocalStorage } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { changeQuery, navigate } from '../router/location.ts';
import { chooseRange, useAddress, useFilters } from '../state/filters.ts';
import { moved } from './date-range.tsx';
import { type Section, sections } from './sections.ts';

interface Shortcuts {
  /** The list of keys, as a dialog. */
  readonly dialog: ReactNode;
  readonly open: () => void;
}

/** Keys that work everywhere but in fields and dialogs. `filters` says which there are on the page: others have no keys. */
export function useShortcuts(filters: Section['filters']): Shortcuts {
  const [isOpen, { open, close }] = useDisclosure(false);
  const [isOn, setIsOn] = useLocalStorage({ key: 'voxgauge-keys', defaultValue: true, getInitialValueInEffect: false });
  const address = useAddress();
  const shown = useFilters();
  const later = moved(shown, 1);
  const isFree = () => isOn && document.querySelector('[role=dialog], [role=menu]') === null;
  const key = (name: string, act: () => void): [string, () => void] => [name, () => isFree() && act()];
  useHotkeys([
    // With Shift on most keyboards, without on some.
    key('shift+?', open),
    key('?', open),
    ...sections.map(({ path }, place) => key(`${place + 1}`, () => navigate(address(path)))),
    key('[', () => filters !== 'none' && chooseRange(moved(shown, -1))),
    key(']', () => filters !== 'none' && later.start <= shown.today && chooseRange(later)),
    key('c', () => filters === 'all' && changeQuery({ compare: shown.compares ? null : 'previous' })),
  ]);
  const dialog = (
    <Modal
      opened={isOpen}
      onClose={close}
      title="Keys"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <KeyList isOn={isOn} onSwitch={setIsOn} />
    </Modal>
  );
  return { dialog, open };
}

interface ListProps {
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}

/** Whoever speaks to the computer presses letters without meaning to, and can switch them off; those of graphs need the focus. */
function KeyList({ isOn, onSwitch }: ListProps) {
  return (
    <>
      <Switch
        label="Keys outside of graphs work"
        checked={isOn}
        onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
        mb="sm"
      />
      <Table aria-label="Keys">
        <Table.Tbody>
          <Key names={['?']} meaning="This list" />
          {sections.map(({ path, title }, place) => (
            <Key key={path} names={[`${place + 1}`]} meaning={title} />
          ))}
          <Key names={['[']} meaning="Earlier days" />
          <Key names={[']']} meaning="Later days" />
          <Key names={['c']} meaning="Compare with the period before" />
          <Key names={['←', '→']} meaning="On a graph: from point to point" />
          <Key names={['Shift', '→']} meaning="On a graph: over several points" />
          <Key names={['Enter']} meaning="On a graph: the calls behind the point, or the days of several" />
          <Key names={['Esc']} meaning="On a graph: away from the point" />
        </Table.Tbody>
      </Table>
    </>
  );
}

function Key({ names, meaning }: { readonly names: readonly string[]; readonly meaning: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" className="key-names">
        {names.map((name) => (
          <Kbd key={name}>{name}</Kbd>
        ))}
      </Table.Th>
      <Table.Td>{meaning}</Table.Td>
    </Table.Tr>
  );
}
