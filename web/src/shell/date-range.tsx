import { ActionIcon, Button, Group, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { printSpan } from '../format/times.ts';
import { BackIcon, ChevronIcon } from '../parts/icons.tsx';
import { addDays, daysBetween } from '../state/days.ts';
import { chooseRange, type Filters } from '../state/filters.ts';
import { type DaySpan, presets } from '../state/ranges.ts';
import { RangeChoice } from './range-choice.tsx';

/** The days that are looked at: usual ranges, or two days of a calendar; arrows move by as many days. */
export function DateRange({ filters }: { readonly filters: Filters }) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { preset, today } = filters;
  const later = moved(filters, 1);
  const text = preset === null ? printSpan(filters) : presets[preset].label;
  return (
    <Group gap={2} wrap="nowrap" className="date-range">
      <ActionIcon onClick={() => chooseRange(moved(filters, -1))} aria-label="Earlier days">
        <BackIcon size={16} />
      </ActionIcon>
      <Popover
        opened={isOpen}
        onChange={(opened) => !opened && close()}
        position="bottom-end"
        trapFocus
        returnFocus
        shadow="md"
        transitionProps={{ duration: 0 }}
      >
        <Popover.Target>
          <Button
            variant="default"
            onClick={toggle}
            aria-haspopup="dialog"
            aria-expanded={isOpen}
            aria-label={`Days: ${text}`}
            title={printSpan(filters)}
            className="date-range-button"
          >
            {text}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Days">
          <RangeChoice key={`${filters.start} ${filters.end}`} filters={filters} onChoose={close} />
        </Popover.Dropdown>
      </Popover>
      <ActionIcon onClick={() => chooseRange(later)} aria-label="Later days" disabled={later.start > today}>
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
