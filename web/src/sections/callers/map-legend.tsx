import { printFigure } from '../../format/numbers.ts';

/** What the shades of a map mean. `bounds` are the least values of its steps. */
export function MapLegend({ bounds }: { readonly bounds: readonly number[] }) {
  const steps = bounds.map((bound, index) => ({ step: index + 1, text: stepText(bound, bounds[index + 1]) }));
  return (
    <ul className="map-legend" aria-label="Calls by shade">
      {[{ step: 0, text: 'None' }, ...steps].map(({ step, text }) => (
        <li key={step}>
          <svg width="16" height="12" aria-hidden="true">
            <rect x="0.5" y="0.5" width="15" height="11" rx="2" className={`step-${step}`} />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}

function stepText(bound: number, next: number | undefined): string {
  const from = printFigure(bound, 'count');
  if (next === undefined) return `${from} or more`;
  return next - 1 === bound ? from : `${from}–${printFigure(next - 1, 'count')}`;
}
