import { NativeSelect } from '@mantine/core';
import type { SearchName } from './search.ts';

interface ChoiceProps {
  readonly label: string;
  readonly name: SearchName;
  readonly value: string | undefined;
  /** What is said where nothing is chosen. */
  readonly none: string;
  /** Labels by value. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A choice that holds at once. What is chosen can be seen also where it is none of those that are known. */
export function Choice({ label, name, value = '', none, texts }: ChoiceProps) {
  const choices = Object.entries(texts).map(([each, text]) => ({ value: each, label: text }));
  const unknown = value === '' || Object.hasOwn(texts, value) ? [] : [{ value, label: value }];
  return (
    <NativeSelect
      size="xs"
      label={label}
      name={name}
      value={value}
      data={[{ value: '', label: none }, ...unknown, ...choices]}
      onChange={({ currentTarget }) => currentTarget.form?.requestSubmit()}
    />
  );
}
