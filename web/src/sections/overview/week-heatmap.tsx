import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, type SyntheticEvent, useMemo, useRef, useState } from 'react';
import type { FigureName, ReportRow } from '../../api/report.ts';
import { paletteOf } from '../../charts/palette.ts';
import { figureTexts } from '../../format/figures.ts';
import type { Filters } from '../../state/filters.ts';
import { HourCell } from './hour-cell.tsx';
import { HourTip, LevelLegend, type Pointed } from './hour-tip.tsx';
import { shortWeekday, type WeekCell, weekGrid } from './week-grid.ts';

interface Props {
  readonly rows: readonly ReportRow[];
  readonly figure: FigureName;
  readonly filters: Filters;
  readonly isLarge: boolean;
}

/** Weekdays by hours, the more the darker; on a telephone hours by weekdays. Arrow keys go from hour to hour. */
export function WeekHeatmap({ rows, figure, filters, isLarge }: Props) {
  const isNarrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
  const palette = paletteOf(useComputedColorScheme('light'));
  const frame = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [focused, setFocused] = useState('');
  const { weekStart } = filters;
  const grid = useMemo(() => weekGrid(rows, { figure, weekStart }), [rows, figure, weekStart]);
  const lines = isNarrow ? transposed(grid.rows) : grid.rows;
  const entry = focused === '' ? keyOf(lines[0]?.[0]) : focused;
  const point = (cell: WeekCell, { currentTarget }: SyntheticEvent<HTMLElement>) => {
    const [at, box] = [currentTarget.getBoundingClientRect(), frame.current?.getBoundingClientRect()];
    if (box !== undefined) setPointed({ cell, left: at.left + at.width / 2 - box.left, top: at.bottom - box.top });
  };
  return (
    <div className="week" ref={frame}>
      <div className="week-scroll">
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys go from hour to hour, as in any grid
          role="grid"
          aria-label={`${figureTexts[figure].label} by hour of the week`}
          onPointerLeave={() => setPointed(null)}
          onBlur={() => setPointed(null)}
          onKeyDown={(event) => (event.key === 'Escape' ? setPointed(null) : moveFocus(event))}
        >
          <HeadRow cells={lines[0] ?? []} isNarrow={isNarrow} />
          <tbody>
            {lines.map((cells) => (
              <tr key={keyOf(cells[0])}>
                <th scope="row">{isNarrow ? cells[0]?.hour : shortWeekday(cells[0]?.weekday ?? 1)}</th>
                {cells.map((cell) => (
                  <HourCell
                    key={keyOf(cell)}
                    cell={cell}
                    figure={figure}
                    filters={filters}
                    palette={palette}
                    isLarge={isLarge}
                    isEntry={keyOf(cell) === entry}
                    onPoint={(event) => point(cell, event)}
                    onFocus={(event) => {
                      setFocused(keyOf(cell));
                      point(cell, event);
                    }}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <LevelLegend most={grid.most} figure={figure} palette={palette} />
      {pointed !== null && <HourTip pointed={pointed} figure={figure} filters={filters} />}
    </div>
  );
}

function HeadRow({ cells, isNarrow }: { readonly cells: readonly WeekCell[]; readonly isNarrow: boolean }) {
  return (
    <thead>
      <tr>
        <td />
        {cells.map((cell) => (
          <th key={keyOf(cell)} scope="col">
            {isNarrow ? shortWeekday(cell.weekday) : cell.hour}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const keyOf = (cell: WeekCell | undefined): string => `${cell?.weekday} ${cell?.hour}`;

const transposed = (rows: readonly (readonly WeekCell[])[]): readonly (readonly WeekCell[])[] =>
  (rows[0] ?? []).map((_, hour) => rows.flatMap((cells) => cells.slice(hour, hour + 1)));

const steps: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Arrow keys within the grid; Enter follows the link of an hour. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const cell = event.target instanceof HTMLElement ? event.target.closest('td') : null;
  const line = cell?.parentElement;
  if (!cell || !(line instanceof HTMLTableRowElement)) return;
  if (event.key === 'Enter') cell.querySelector('a')?.click();
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const next = event.currentTarget.rows[line.rowIndex + step[1]]?.cells[cell.cellIndex + step[0]];
  if (next instanceof HTMLTableCellElement && next.role === 'gridcell') next.focus();
}
