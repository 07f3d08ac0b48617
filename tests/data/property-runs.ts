import type { Parameters } from 'fast-check';

const { PROPERTY_SEED = '1' } = process.env;

/**
 * How a property is run: on the same values each time, so that a test which passed passes again. `PROPERTY_SEED=2 npm test` tries
 * others; the seed is in the report of a property that fails.
 */
export const propertyRuns = (numRuns: number): Parameters<unknown> => ({ numRuns, seed: Number(PROPERTY_SEED) });
