import { Group, Text } from '@mantine/core';
import type { FigureName } from '../../api/report.ts';
import type { Palette } from '../../charts/palette.ts';
import { figureTexts } from '../../format/figures.ts';
import { printExactly, printFigure } from '../../format/numbers.ts';
import { printDay } from '../../format/times.ts';
import { daysBetween } from '../../state/days.ts';
import type { Filters } from '../../state/filters.ts';
import { daysOfWeekday, leastCallsOfRate, longWeekday, type WeekCell } from './week-grid.ts';

/** An hour under the pointer, and where its cell is, in pixels. */
export interface Pointed {
  readonly cell: WeekCell;
  readonly left: number;
  readonly top: number;
}

interface TipProps {
  readonly pointed: Pointed;
  readonly figure: FigureName;
  readonly filters: Filters;
}

/** What an hour has, exactly. */
export function HourTip({ pointed: { cell, left, top }, figure, filters }: TipProps) {
  const days = daysOfWeekday(filters, cell.weekday);
  const [day] = days;
  const { label, unit } = figureTexts[figure];
  const name = days.length === 1 && day !== undefined ? printDay(day) : `${days.length} × ${longWeekday(cell.weekday)}`;
  return (
    <div className="tooltip week-tip" style={{ left: `clamp(125px, ${left}px, calc(100% - 125px))`, top: top + 6 }}>
      <div className="tooltip-title">
        {name}, {clock(cell.hour)}–{clock(cell.hour + 1)}
      </div>
      <Line name={label} value={printExactly(cell.value, unit)} />
      {figure !== 'calls' && <Line name="Calls" value={printExactly(cell.calls, 'count')} />}
      {figure !== 'calls' && cell.calls > 0 && cell.calls < leastCallsOfRate && (
        <div className="tooltip-hint">Fewer than {leastCallsOfRate} calls: too few to colour</div>
      )}
      {cell.calls > 0 && daysBetween(filters.start, filters.end) <= 7 && (
        <div className="tooltip-hint">Click for the calls</div>
      )}
    </div>
  );
}

const clock = (hour: number): string => `${hour}:00`;

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="tooltip-row">
      <span className="tooltip-name">{name}</span>
      <span className="tooltip-value">{value}</span>
    </div>
  );
}

interface LegendProps {
  readonly most: number;
  readonly figure: FigureName;
  readonly palette: Palette;
}

/** What the shades mean. */
export function LevelLegend({ most, figure, palette }: LegendProps) {
  return (
    <Group gap={6} justify="flex-end" mt={6}>
      <Text size="xs" c="dimmed">
        0
      </Text>
      <span className="week-legend" aria-hidden="true">
        {palette.scale.map((color) => (
          <span key={color} style={{ background: color }} />
        ))}
      </span>
      <Text size="xs" c="dimmed">
        {printFigure(most, figureTexts[figure].unit)} in an hour of the week
      </Text>
    </Group>
  );
}
