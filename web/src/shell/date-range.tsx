import { ActionIcon, Button, Group, Popover, Stack, Text } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { printSpan } from '../format/times.ts';
import { BackIcon, ChevronIcon } from '../parts/icons.tsx';
import { addDays, daysBetween } from '../state/days.ts';
import { chooseRange, type Filters } from '../state/filters.ts';
import { type DaySpan, type PresetName, presetNames, presets } from '../state/ranges.ts';

/** The days that are looked at: usual ranges, or two days of a calendar; arrows move by as many days. */
export function DateRange({ filters }: { readonly filters: Filters }) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { preset, today } = filters;
  const later = moved(filters, 1);
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon onClick={() => chooseRange(moved(filters, -1))} aria-label="Earlier">
        <BackIcon size={16} />
      </ActionIcon>
      <Popover opened={isOpen} onChange={(opened) => !opened && close()} position="bottom-end" trapFocus shadow="md">
        <Popover.Target>
          <Button variant="default" onClick={toggle} aria-haspopup="dialog" aria-expanded={isOpen}>
            {preset === null ? printSpan(filters) : presets[preset].label}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Days">
          <RangeChoice key={`${filters.start} ${filters.end}`} filters={filters} onChoose={close} />
        </Popover.Dropdown>
      </Popover>
      <ActionIcon onClick={() => chooseRange(later)} aria-label="Later" disabled={later.start > today}>
        <ChevronIcon size={16} />
      </ActionIcon>
    </Group>
  );
}

/** The range of as many days before or after. */
export function moved({ start, end }: DaySpan, direction: 1 | -1): DaySpan {
  const days = direction * daysBetween(start, end);
  return { start: addDays(start, days), end: addDays(end, days) };
}

function RangeChoice({ filters, onChoose }: { readonly filters: Filters; readonly onChoose: () => void }) {
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
      <Stack gap={2}>
        {presetNames.map((name) => (
          <Button
            key={name}
            variant={filters.preset === name ? 'light' : 'subtle'}
            color={filters.preset === name ? 'blue' : 'gray'}
            justify="flex-start"
            size="compact-sm"
            onClick={() => choose(name)}
          >
            {presets[name].label}
          </Button>
        ))}
      </Stack>
      <Stack gap="xs">
        <DatePicker
          type="range"
          allowSingleDateInRange
          value={chosen}
          onChange={pick}
          defaultDate={filters.end}
          maxDate={filters.today}
          firstDayOfWeek={weekdayForPicker(filters.weekStart)}
          size="sm"
        />
        <Text size="xs" c="dimmed">
          Days of {filters.timeZone}
        </Text>
      </Stack>
    </Group>
  );
}

/** The picker counts from Sunday, 0. */
function weekdayForPicker(weekStart: number) {
  const days = [0, 1, 2, 3, 4, 5, 6] as const;
  return days[weekStart % 7] ?? 1;
}
