import { VisuallyHidden } from '@mantine/core';
import type { SyntheticEvent } from 'react';
import type { FigureName } from '../../api/report.ts';
import type { Palette } from '../../charts/palette.ts';
import { figureTexts } from '../../format/figures.ts';
import { printExactly, printShortly } from '../../format/numbers.ts';
import { Link } from '../../router/link.tsx';
import { daysBetween } from '../../state/days.ts';
import { type Filters, useAddress } from '../../state/filters.ts';
import { hourInstant } from './hour-instant.ts';
import { daysOfWeekday, levelCount, type WeekCell } from './week-grid.ts';

interface Props {
  readonly cell: WeekCell;
  readonly figure: FigureName;
  readonly filters: Filters;
  readonly palette: Palette;
  readonly isLarge: boolean;
  /** The one that the tab key comes to. */
  readonly isEntry: boolean;
  readonly onPoint: (event: SyntheticEvent<HTMLElement>) => void;
  readonly onFocus: (event: SyntheticEvent<HTMLElement>) => void;
}

/** One hour. It leads to its calls where it stands for a single hour: the list of calls takes one span. */
export function HourCell({ cell, figure, filters, palette, isLarge, isEntry, onPoint, onFocus }: Props) {
  const href = useCallsAddress(cell, filters);
  const { unit } = figureTexts[figure];
  const { level, value } = cell;
  const colors =
    level === null
      ? {}
      : { background: palette.scale[level], color: level < levelCount - 2 ? palette.text : palette.surface };
  const content = (
    <>
      {isLarge && value !== null && value !== 0 && <span aria-hidden="true">{printShortly(value, unit)}</span>}
      <VisuallyHidden>{printExactly(value, unit)}</VisuallyHidden>
    </>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid has the focus
    <td role="gridcell" tabIndex={isEntry ? 0 : -1} onPointerEnter={onPoint} onFocus={onFocus}>
      {href === null ? (
        <span className="hour" style={colors}>
          {content}
        </span>
      ) : (
        <Link className="hour" style={colors} href={href} tabIndex={-1}>
          {content}
        </Link>
      )}
    </td>
  );
}

function useCallsAddress({ weekday, hour, calls }: WeekCell, filters: Filters): string | null {
  const address = useAddress();
  if (calls === 0 || daysBetween(filters.start, filters.end) > 7) return null;
  const [day] = daysOfWeekday(filters, weekday);
  if (day === undefined) return null;
  const instant = (of: number) => new Date(hourInstant(filters.timeZone, day, of)).toISOString();
  return address('/calls', {
    range: null,
    period: null,
    compare: null,
    start: day,
    end: day,
    from: instant(hour),
    until: instant(hour + 1),
  });
}
