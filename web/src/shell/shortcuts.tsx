import { Kbd, Modal, Table } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { changeQuery, navigate } from '../router/location.ts';
import { chooseRange, useAddress, useFilters } from '../state/filters.ts';
import { moved } from './date-range.tsx';
import { sections } from './sections.ts';

/** Keys that work everywhere but in fields; returns the list of them, which `?` opens. */
export function useShortcuts() {
  const [isOpen, { open, close }] = useDisclosure(false);
  const address = useAddress();
  const filters = useFilters();
  const later = moved(filters, 1);
  useHotkeys([
    ['shift+?', open],
    ...sections.map((section, place): [string, () => void] => [`${place + 1}`, () => navigate(address(section.path))]),
    ['[', () => chooseRange(moved(filters, -1))],
    [']', () => later.start <= filters.today && chooseRange(later)],
    ['c', () => changeQuery({ compare: filters.compares ? null : 'previous' })],
  ]);
  return (
    <Modal opened={isOpen} onClose={close} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Table>
        <Table.Tbody>
          {sections.map(({ path, title }, place) => (
            <Key key={path} name={`${place + 1}`} meaning={title} />
          ))}
          <Key name="[" meaning="Earlier days" />
          <Key name="]" meaning="Later days" />
          <Key name="c" meaning="Compare with the period before" />
          <Key name="← →" meaning="On a graph: from point to point" />
          <Key name="Enter" meaning="On a graph: the calls behind the point" />
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

function Key({ name, meaning }: { readonly name: string; readonly meaning: string }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Kbd>{name}</Kbd>
      </Table.Td>
      <Table.Td>{meaning}</Table.Td>
    </Table.Tr>
  );
}
