import { Button, type ComboboxData, Group, Select } from '@mantine/core';
import type { ReportRow } from '../../api/report.ts';
import { shortApplication } from '../../format/applications.ts';
import { changeQuery } from '../../router/location.ts';
import { choicesOf, type Selection } from './selection.ts';

interface Props {
  readonly selection: Selection;
  /** Form items that there are to choose from. */
  readonly rows: readonly ReportRow[];
}

/** Application, page, form item: each narrows those after it. */
export function SelectionBar({ selection, rows }: Props) {
  const { applications, pages, forms } = choicesOf(rows, selection);
  const isAny = Object.values(selection).some((value) => value !== null);
  return (
    <Group gap="xs" mb="sm" role="group" aria-label="Which form items">
      <Level
        label="Application"
        all="All applications"
        data={applications.map((value) => ({ value, label: shortApplication(value) }))}
        value={selection.application}
        onChange={(application) => changeQuery({ application, page: null, form: null, item: null })}
      />
      <Level
        label="Page"
        all="All pages"
        data={pages.map((value) => ({ value, label: value }))}
        value={selection.page}
        onChange={(page) => changeQuery({ page, form: null, item: null })}
      />
      <Level
        label="Form item"
        all="All form items"
        data={forms.map(({ form, items }) => ({
          group: form,
          items: items.map((item) => ({ value: keyOf(form, item), label: item })),
        }))}
        value={selection.item === null ? null : keyOf(selection.form ?? '', selection.item)}
        onChange={(key) => {
          const [form = null, item = null] = key === null ? [] : key.split(separator);
          changeQuery({ form, item });
        }}
      />
      {isAny && (
        <Button variant="subtle" onClick={() => changeQuery({ application: null, page: null, form: null, item: null })}>
          All form items
        </Button>
      )}
    </Group>
  );
}

const separator = '\n';
const keyOf = (form: string, item: string): string => `${form}${separator}${item}`;

interface LevelProps {
  readonly label: string;
  readonly all: string;
  readonly data: ComboboxData<string>;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

function Level({ label, all, data, value, onChange }: LevelProps) {
  return (
    <Select
      aria-label={label}
      placeholder={all}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      clearable
      maxDropdownHeight={320}
      nothingFoundMessage="Not in these days"
      className="event-level"
      clearButtonProps={{ 'aria-label': all }}
    />
  );
}
