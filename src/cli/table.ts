import type { Cli } from './cli.ts';

/** Prints rows under their headings, in columns as wide as they need. */
export function printTable(cli: Cli, headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  for (const line of lines) {
    cli.print(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

/** An instant as people and other programs can read it. */
export const printInstant = (epochMs: number): string =>
  Temporal.Instant.fromEpochMilliseconds(epochMs).toString({ smallestUnit: 'second' });

export const printInstantOrNull = (epochMs: number | null): string | null =>
  epochMs === null ? null : printInstant(epochMs);
