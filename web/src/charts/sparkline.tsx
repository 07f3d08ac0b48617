interface Props {
  readonly values: readonly (number | null)[];
  readonly width?: number;
  readonly height?: number;
}

/** A small line without axes; the figures stand beside it, so it is decoration to a screen reader. */
export function Sparkline({ values, width = 120, height = 32 }: Props) {
  const known = values.map((value) => value ?? 0);
  const most = Math.max(...known, Number.MIN_VALUE);
  const x = (index: number) => (known.length < 2 ? width / 2 : (index / (known.length - 1)) * (width - 2) + 1);
  const y = (value: number) => height - 2 - (value / most) * (height - 4);
  const points = known.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <polygon className="sparkline-area" points={`1,${height} ${points.join(' ')} ${width - 1},${height}`} />
      <polyline className="sparkline-line" points={points.join(' ')} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
