import type { Comparison } from './figures.ts';

const narrowestColumn = 3;

/** A column is right-aligned where its heading ends in a colon. Padded as the formatter of the repository wants it. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const isRight = columns.map((column) => column.endsWith(':'));
  const headings = columns.map((column) => column.replace(/:$/, ''));
  const widths = headings.map((heading, index) =>
    Math.max(narrowestColumn, heading.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const pad = (cell: string, index: number) => {
    const width = widths[index] ?? 0;
    return isRight[index] ? cell.padStart(width) : cell.padEnd(width);
  };
  const rule = widths.map((width, index) => (isRight[index] ? ':' : '-').padStart(width, '-'));
  return [headings.map(pad), rule, ...rows.map((row) => row.map(pad))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Three significant digits or all whole ones, with separators: `12,345`, `98.7`, `0.0123`. */
export function figure(value: number): string {
  const digits = value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString('en-US', digits);
}

/** What was aimed at, and whether it was reached. */
const goal = (target: string, isReached: boolean): string => `${target}: ${isReached ? 'reached' : 'missed'}`;

export interface ComparedRow {
  readonly name: string;
  readonly compared: Comparison;
  /** The ratio that is aimed at, or null. */
  readonly leastRatio: number | null;
}

/** How much one and the other did in a second. */
export function comparisonTable(
  { unit, other }: { readonly unit: string; readonly other: string },
  rows: readonly ComparedRow[],
): string {
  const columns = [
    '',
    `Voxgauge, ${unit}/s:`,
    `${other}, ${unit}/s:`,
    'ratio:',
    'ratio in single rounds:',
    'target',
    `CPU time of each, µs/${unit.replace(/s$/, '')}:`,
  ];
  return markdownTable(
    columns,
    rows.map(({ name, compared, leastRatio }) => [
      name,
      figure(compared.ours.perSecond),
      figure(compared.other.perSecond),
      compared.ratio.toFixed(3),
      `${compared.lowestRatio.toFixed(2)}–${compared.highestRatio.toFixed(2)}`,
      leastRatio === null ? '' : goal(`≥ ${leastRatio.toFixed(2)}`, compared.ratio >= leastRatio),
      [compared.ours, compared.other].map(({ cpuMicros }) => (cpuMicros === null ? '?' : figure(cpuMicros))).join(', '),
    ]),
  );
}

/** Most resident memory of the server while it started, and while it was under load; null where the system does not tell. */
export interface PeakMemory {
  readonly startPeakMiB: number | null;
  readonly loadPeakMiB: number | null;
}

const mostMemoryMiB = 200;

export function memoryLine({ startPeakMiB, loadPeakMiB }: PeakMemory): string {
  if (startPeakMiB === null || loadPeakMiB === null) {
    return 'Resident memory of the server: not measured on this system.';
  }
  const underLoad = goal(`≤ ${mostMemoryMiB} MiB`, loadPeakMiB <= mostMemoryMiB);
  return `Resident memory of the server at its peak: ${figure(loadPeakMiB)} MiB under this load (${underLoad}), ${figure(startPeakMiB)} MiB while it started.`;
}
