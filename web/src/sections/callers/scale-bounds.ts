/** Most steps of the scale of a map. */
const mostSteps = 5;

/**
 * The least value of each step of a scale for counts up to `most`: 1, and then the greatest round numbers (1, 2 or 5 and zeros) that are not
 * above `most`. Counts of regions differ a hundredfold, and steps that grow keep the middling ones apart. Empty where there is nothing.
 */
export function scaleBounds(most: number): readonly number[] {
  if (most < 1) return [];
  const round: number[] = [];
  for (let ten = 1; ten <= most; ten *= 10) round.push(...[ten, 2 * ten, 5 * ten].filter((bound) => bound <= most));
  return [1, ...round.filter((bound) => bound > 1).slice(1 - mostSteps)];
}

/** The step of a count, from 1; 0 is nothing. */
export const stepOf = (count: number, bounds: readonly number[]): number =>
  bounds.filter((bound) => bound <= count).length;
