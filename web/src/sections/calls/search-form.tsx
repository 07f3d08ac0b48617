import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useEffect, useId, useRef } from 'react';
import { textOf, useReport } from '../../api/report.ts';
import { shortApplication } from '../../format/applications.ts';
import { SearchIcon } from '../../parts/icons.tsx';
import { changeQuery } from '../../router/location.ts';
import { useFilters } from '../../state/filters.ts';
import { Choice } from './choice.tsx';
import { localTimeOf } from './local-time.ts';
import { MoreFields } from './more-fields.tsx';
import { outcomeTexts } from './outcome-texts.ts';
import { type CallSearch, type SearchName, searchNames } from './search.ts';
import { searchChanges } from './search-changes.ts';

/** What calls are looked for. Choices hold at once, texts with Enter or the button. */
export function SearchForm({ search }: { readonly search: CallSearch }) {
  const filters = useFilters();
  const [isOpen, { toggle }] = useDisclosure(false);
  const form = useRef<HTMLFormElement>(null);
  const moreId = useId();
  const { timeZone } = filters;
  // Texts follow the address, which also chips and the way back change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: fields that have just come are filled, too
  useEffect(() => {
    for (const name of searchNames) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = fieldText(search, name, timeZone);
    }
  }, [search, timeZone, isOpen]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new Map(Array.from(new FormData(event.currentTarget), ([name, value]) => [name, `${value}`]));
    changeQuery(searchChanges(fields, { search, ...filters }));
  };
  return (
    <search>
      <form ref={form} onSubmit={submit} className="call-search">
        <div className="call-search-fields">
          <TextInput label="Caller" name="caller" placeholder="number, or its last digits" inputMode="tel" />
          <ApplicationChoice value={search.application} />
          <Choice label="Outcome" name="outcome" value={search.outcome} none="Any" texts={outcomeTexts} />
          <Choice label="Errors" name="error" value={search.error} none="With or without" texts={errorChoices} />
          <div className="call-search-buttons">
            <Button type="submit" leftSection={<SearchIcon size={14} />}>
              Search
            </Button>
            <Button variant="subtle" onClick={toggle} aria-expanded={isOpen} aria-controls={moreId}>
              {isOpen ? 'Fewer filters' : 'More filters'}
            </Button>
          </div>
        </div>
        <div id={moreId} className="call-search-more">
          {isOpen && <MoreFields search={search} />}
        </div>
      </form>
    </search>
  );
}

const errorChoices = { any: 'Any error', js: 'Script error', fetch: 'Fetch error' };

function fieldText(search: CallSearch, name: SearchName, timeZone: string): string {
  const value = search[name] ?? '';
  return name === 'from' || name === 'until' ? localTimeOf(value, timeZone) : value;
}

function ApplicationChoice({ value }: { readonly value: string | undefined }) {
  const { data } = useReport({ metrics: ['calls'], by: 'application', limit: 1000, compares: false });
  const names = (data?.rows ?? []).map((row) => textOf(row, 'application'));
  const texts = Object.fromEntries(names.map((name) => [name, shortApplication(name)]));
  return <Choice label="Application" name="application" value={value} none="Any" texts={texts} />;
}
