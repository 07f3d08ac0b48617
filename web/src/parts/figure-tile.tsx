import type { FigureName } from '../api/report.ts';
import { figureTexts } from '../format/figures.ts';
import { ValueTile, type ValueTileProps } from './value-tile.tsx';

type Props = { readonly figure: FigureName } & Omit<ValueTileProps, keyof (typeof figureTexts)[FigureName]>;

/** One figure of a report, large, with its change and its course. */
export function FigureTile({ figure, ...rest }: Props) {
  const { label, unit, more, hint } = figureTexts[figure];
  return <ValueTile label={label} unit={unit} more={more} hint={hint} {...rest} />;
}
