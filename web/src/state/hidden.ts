import { useMemo } from 'react';
import { changeQuery, usePlace } from '../router/location.ts';

const parameter = 'hide';

/** Names of series that the reader has hidden in graphs of this page, and what hides or shows one. They stand in the address. */
export function useHidden(): readonly [readonly string[], (name: string) => void] {
  const { query } = usePlace();
  return useMemo(() => {
    const hidden = query.getAll(parameter);
    const toggle = (name: string) =>
      changeQuery(
        { [parameter]: hidden.includes(name) ? hidden.filter((each) => each !== name) : [...hidden, name] },
        { replace: true },
      );
    return [hidden, toggle];
  }, [query]);
}
