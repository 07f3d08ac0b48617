import { Button, Group, Pill } from '@mantine/core';
import { changeQuery } from '../../router/location.ts';
import { useFilters } from '../../state/filters.ts';
import { chipsOf } from './chips.ts';
import { type CallSearch, searchNames } from './search.ts';

const without = (names: readonly string[]): void => changeQuery(Object.fromEntries(names.map((name) => [name, null])));

/** What is searched for, in words; each condition can be taken away. */
export function SearchChips({ search }: { readonly search: CallSearch }) {
  const chips = chipsOf(search, useFilters().timeZone);
  if (chips.length === 0) return null;
  return (
    <Group gap={6} mb="sm" component="ul" className="call-chips" aria-label="What is searched for">
      {chips.map(({ text, names }) => (
        <li key={text}>
          <Pill
            withRemoveButton
            onRemove={() => without(names)}
            removeButtonProps={{ 'aria-label': `Without: ${text}`, 'aria-hidden': false, tabIndex: 0 }}
            size="sm"
          >
            {text}
          </Pill>
        </li>
      ))}
      <li>
        <Button variant="subtle" size="compact-xs" onClick={() => without(searchNames)}>
          Clear all
        </Button>
      </li>
    </Group>
  );
}
