import { TextInput } from '@mantine/core';
import { textOf, useReport } from '../../api/report.ts';
import { printRegion } from '../../format/regions.ts';
import { Choice } from './choice.tsx';
import { visitTexts } from './outcome-texts.ts';
import type { CallSearch, SearchName } from './search.ts';

/** Fields that are needed less often; most searches by them come from graphs. */
export function MoreFields({ search }: { readonly search: CallSearch }) {
  return (
    <>
      <div className="call-search-fields">
        <Field label="Call id" name="id" placeholder="whole, or its beginning" />
        <RegionChoice value={search.region} />
        <Field label="Started at or after" name="from" type="datetime-local" />
        <Field label="Started before" name="until" type="datetime-local" />
        <Field label="A page slower than (s)" name="slower_than" type="number" />
      </div>
      <div className="call-search-fields">
        <Field label="Page" name="page" placeholder="main.php" />
        <Field label="Form" name="form" />
        <Field label="Form item" name="item" />
        <Choice
          label="Visit ended"
          name="item_outcome"
          value={search.item_outcome}
          none="In any way"
          texts={visitTexts}
        />
      </div>
      <div className="call-search-fields">
        <Field label="Then moved to page" name="to_page" />
        <Field label="Then moved to form" name="to_form" />
        <Field label="Then moved to form item" name="to_item" />
      </div>
    </>
  );
}

interface FieldProps {
  readonly label: string;
  readonly name: SearchName;
  readonly type?: 'text' | 'number' | 'datetime-local';
  readonly placeholder?: string;
}

function Field({ label, name, type = 'text', placeholder = '' }: FieldProps) {
  const range = type === 'number' ? { min: 0, step: 'any' } : {};
  return <TextInput label={label} name={name} type={type} placeholder={placeholder} spellCheck={false} {...range} />;
}

function RegionChoice({ value }: { readonly value: string | undefined }) {
  const { data } = useReport({ metrics: ['calls'], by: 'region', limit: 1000, compares: false });
  const regions = (data?.rows ?? []).map((row) => textOf(row, 'region'));
  const named = regions
    .map((region) => [region, printRegion(region)] as const)
    .sort(([, one], [, other]) => one.localeCompare(other));
  return (
    <Choice label="Region of the caller" name="region" value={value} none="Any" texts={Object.fromEntries(named)} />
  );
}
