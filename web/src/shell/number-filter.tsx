import { Button, CheckIcon, Combobox, Group, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSession } from '../api/session.ts';
import { printPhone } from '../format/phones.ts';
import { changeQuery } from '../router/location.ts';
import type { Filters } from '../state/filters.ts';
import { choiceText, optionsOf, toggled } from './number-choice.ts';

const mostOptions = 100;

/** Which numbers are looked at: all, one or several. */
export function NumberFilter({ filters }: { readonly filters: Filters }) {
  const { numbers } = useSession();
  const [search, setSearch] = useState('');
  // Options stay where they are while one chooses.
  const [chosenBefore, setChosenBefore] = useState(filters.numbers);
  const combobox = useCombobox({
    onDropdownOpen: () => {
      setChosenBefore(filters.numbers);
      combobox.focusSearchInput();
    },
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch('');
    },
  });
  // The first number that is found is what Enter takes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store is made anew whenever it changes
  useEffect(() => {
    if (search === '') combobox.resetSelectedOption();
    else combobox.selectFirstOption();
  }, [search]);
  const text = choiceText(filters.numbers, numbers.length);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(number) => changeQuery({ number: toggled(filters.numbers, number) })}
      position="bottom-start"
      width={280}
      shadow="md"
      withinPortal
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          variant={filters.numbers.length === 0 ? 'default' : 'light'}
          onClick={() => combobox.toggleDropdown()}
          rightSection={<Combobox.Chevron size="xs" />}
          justify="space-between"
          className="number-filter"
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          aria-label={`Numbers: ${text}`}
        >
          {text}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="Find a number"
          aria-label="Find a number"
          role="combobox"
          aria-expanded={combobox.dropdownOpened}
        />
        <NumberList filters={filters} search={search} chosenBefore={chosenBefore} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface ListProps {
  readonly filters: Filters;
  readonly search: string;
  readonly chosenBefore: readonly string[];
}

function NumberList({ filters, search, chosenBefore }: ListProps) {
  const { numbers } = useSession();
  const { options, more } = optionsOf(numbers, { chosen: chosenBefore, search, limit: mostOptions });
  return (
    <>
      <Combobox.Options mah={300} className="number-options" aria-label="Numbers" aria-multiselectable>
        {options.length === 0 && <Combobox.Empty>No number has “{search}”</Combobox.Empty>}
        {options.map(({ number, is_owned }) => {
          const isChosen = filters.numbers.includes(number);
          return (
            <Combobox.Option key={number} value={number} active={isChosen} aria-selected={isChosen}>
              <Group gap={8} wrap="nowrap">
                <span className="option-mark">{isChosen && <CheckIcon size={10} aria-hidden="true" />}</span>
                <span>{printPhone(number)}</span>
                {!is_owned && <span className="muted">shared</span>}
              </Group>
            </Combobox.Option>
          );
        })}
      </Combobox.Options>
      {more > 0 && <Combobox.Footer>{more.toLocaleString()} more: type some digits</Combobox.Footer>}
      {filters.numbers.length > 0 && (
        <Combobox.Footer>
          <Button variant="subtle" size="compact-xs" onClick={() => changeQuery({ number: null })}>
            Show all numbers
          </Button>
        </Combobox.Footer>
      )}
    </>
  );
}
