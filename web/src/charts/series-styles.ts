import type { Palette } from './palette.ts';

/** How the series of one graph are told apart besides their colours; each is used in turn. */

/** Lengths of dash and gap in pixels; none is a line without gaps. */
const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const symbols = ['circle', 'rect', 'triangle', 'diamond'] as const;

export type SymbolName = (typeof symbols)[number];

export const dashOf = (place: number): readonly number[] => dashes[place % dashes.length] ?? [];

export const symbolOf = (place: number): SymbolName => symbols[place % symbols.length] ?? 'circle';

export const colorOf = (palette: Palette, place: number): string =>
  palette.series[place % palette.series.length] ?? palette.text;

/** Stripes over the bars of every series but the first; null where there are none. */
export const stripesOf = (palette: Palette, place: number): object | null =>
  place % 2 === 0
    ? null
    : {
        symbol: 'rect',
        dashArrayX: [1, 0],
        dashArrayY: [2, 4],
        rotation: -Math.PI / 4,
        color: palette.surface,
      };
