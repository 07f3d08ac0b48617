import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { type FormEvent, useState } from 'react';
import { isDay } from '../state/days.ts';
import { chooseRange, type Filters } from '../state/filters.ts';
import { type DaySpan, type PresetName, presetNames, presets } from '../state/ranges.ts';

interface Props {
  readonly filters: Filters;
  readonly onChoose: () => void;
}

/** Usual ranges, a calendar, and two fields for whoever rather types. */
export function RangeChoice({ filters, onChoose }: Props) {
  const [chosen, setChosen] = useState<[string | null, string | null]>([filters.start, filters.end]);
  const choose = (range: PresetName | DaySpan) => {
    onChoose();
    chooseRange(range);
  };
  const pick = ([start, end]: [string | null, string | null]) => {
    setChosen([start, end]);
    if (start !== null && end !== null) choose({ start, end });
  };
  return (
    <Group align="flex-start" gap="md" className="range-choice">
      <div className="range-presets">
        {presetNames.map((name) => (
          <Button
            key={name}
            variant={filters.preset === name ? 'light' : 'subtle'}
            color={filters.preset === name ? 'blue' : 'gray'}
            justify="flex-start"
            size="compact-sm"
            aria-pressed={filters.preset === name}
            onClick={() => choose(name)}
          >
            {presets[name].label}
          </Button>
        ))}
      </div>
      <Stack gap="xs">
        <DatePicker
          type="range"
          allowSingleDateInRange
          hideOutsideDates
          weekendDays={[]}
          value={chosen}
          onChange={pick}
          defaultDate={filters.end}
          maxDate={filters.today}
          firstDayOfWeek={weekdayForPicker(filters.weekStart)}
          size="sm"
          ariaLabels={{ nextMonth: 'Next month', previousMonth: 'Previous month' }}
        />
        <TypedDays filters={filters} onChoose={choose} />
        <Text size="xs" c="dimmed">
          Days of {filters.timeZone.replaceAll('_', ' ')}
        </Text>
      </Stack>
    </Group>
  );
}

interface TypedProps {
  readonly filters: Filters;
  readonly onChoose: (span: DaySpan) => void;
}

function TypedDays({ filters, onChoose }: TypedProps) {
  const [{ start, end }, setTyped] = useState<DaySpan>(filters);
  const isValid = isDay(start) && isDay(end) && start <= end;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) onChoose({ start, end });
  };
  return (
    <form onSubmit={submit} className="typed-days">
      <TextInput
        type="date"
        label="From"
        value={start}
        max={filters.today}
        onChange={(event) => setTyped({ start: event.currentTarget.value, end })}
        error={isDay(start) && isDay(end) && start > end ? 'after the last' : null}
      />
      <TextInput
        type="date"
        label="To"
        value={end}
        max={filters.today}
        onChange={(event) => setTyped({ start, end: event.currentTarget.value })}
      />
      <Button type="submit" variant="default" disabled={!isValid}>
        Apply
      </Button>
    </form>
  );
}

/** The picker counts from Sunday, 0. */
function weekdayForPicker(weekStart: number) {
  const days = [0, 1, 2, 3, 4, 5, 6] as const;
  return days[weekStart % 7] ?? 1;
}
