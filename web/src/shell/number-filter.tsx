import { MultiSelect } from '@mantine/core';
import { useSession } from '../api/session.ts';
import { printPhone } from '../format/phones.ts';
import { changeQuery } from '../router/location.ts';
import type { Filters } from '../state/filters.ts';

/** Which numbers are looked at: all, one or several. */
export function NumberFilter({ filters }: { readonly filters: Filters }) {
  const { numbers } = useSession();
  const data = numbers.map(({ number, is_owned }) => ({
    value: number,
    label: is_owned ? printPhone(number) : `${printPhone(number)} (shared)`,
  }));
  return (
    <MultiSelect
      aria-label="Numbers"
      placeholder={filters.numbers.length === 0 ? `All numbers (${numbers.length})` : ''}
      data={data}
      value={[...filters.numbers]}
      onChange={(chosen) => changeQuery({ number: chosen })}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage="No such number"
      className="number-filter"
      clearButtonProps={{ 'aria-label': 'All numbers' }}
    />
  );
}
