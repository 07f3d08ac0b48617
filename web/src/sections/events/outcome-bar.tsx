import { useComputedColorScheme } from '@mantine/core';
import { figureOf, type ReportRow } from '../../api/rows.ts';
import { paletteOf } from '../../charts/palette.ts';
import { colorOf } from '../../charts/series-styles.ts';
import { printExactly } from '../../format/numbers.ts';
import { outcomes, shareOf } from './outcomes.ts';

/** How the visits of a form item ended, as one bar of shares; the figures stand in the columns beside it. */
export function OutcomeBar({ row }: { readonly row: ReportRow }) {
  const palette = paletteOf(useComputedColorScheme('light'));
  const title = outcomes
    .map(({ figure, label, name }) => {
      const [count, share] = [figureOf(row, figure), shareOf(row, [name])];
      return `${label}: ${printExactly(count, 'count')} (${printExactly(share, 'percent')})`;
    })
    .join('\n');
  return (
    <span className="outcome-bar" title={title} aria-hidden="true">
      {outcomes.map(({ name }, place) => {
        const share = shareOf(row, [name]);
        return share ? <span key={name} style={{ width: `${share}%`, background: colorOf(palette, place) }} /> : null;
      })}
    </span>
  );
}

/** What the colours of the bars mean. */
export function OutcomeKey() {
  const palette = paletteOf(useComputedColorScheme('light'));
  return (
    <ul className="outcome-key">
      {outcomes.map(({ name, label }, place) => (
        <li key={name}>
          <span style={{ background: colorOf(palette, place) }} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  );
}
