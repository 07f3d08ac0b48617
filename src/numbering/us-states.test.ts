import { expect, it } from 'vitest';
import { stateOfPlace, statePostalCodes } from './us-states.ts';

it('knows 50 states and DC', () => {
  expect(statePostalCodes.size).toBe(51);
});

it.each([
  { place: 'Massachusetts', want: 'MA' },
  { place: 'Boston, MA', want: 'MA' },
  { place: 'Washington State', want: 'WA' },
  { place: 'Washington D.C.', want: 'DC' },
  { place: 'New York', want: 'NY' },
  { place: 'New York, NY', want: 'NY' },
  { place: 'Ontario', want: null },
  { place: 'Toronto, ON', want: null },
  { place: 'Puerto Rico', want: null },
  { place: '', want: null },
])('places "$place" in $want', ({ place, want }) => {
  expect(stateOfPlace(place)).toBe(want);
});
