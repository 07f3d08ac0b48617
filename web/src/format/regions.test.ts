import { describe, expect, it } from 'vitest';
import { statePostalCodes } from '../../../src/numbering/us-states.ts';
import { printRegion, stateNames, stateOf } from './regions.ts';

describe('the name of a region', () => {
  it.each([
    { region: 'US-MA', want: 'Massachusetts' },
    { region: 'US-DC', want: 'District of Columbia' },
    { region: 'US-TOLLFREE', want: 'Toll-free (US)' },
    { region: 'GB', want: 'United Kingdom' },
    { region: 'US', want: 'United States' },
    { region: 'PR', want: 'Puerto Rico' },
    { region: 'XK', want: 'Kosovo' },
    { region: 'US-XX', want: 'US-XX' },
    { region: 'US-constructor', want: 'US-constructor' },
    { region: 'somewhere', want: 'somewhere' },
    { region: '', want: '' },
  ])('of $region is $want', ({ region, want }) => {
    expect(printRegion(region)).toBe(want);
  });

  it('is known for every state that calls are counted by', () => {
    expect(new Set(Object.keys(stateNames))).toEqual(statePostalCodes);
  });

  it('is that of a state only where the region is one', () => {
    expect(['US-MA', 'US-TOLLFREE', 'MA', 'GB', 'US-'].map(stateOf)).toEqual(['MA', null, null, null, null]);
  });
});
