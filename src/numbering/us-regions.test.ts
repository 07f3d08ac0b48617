import { expect, it } from 'vitest';
import { type AreaCodeUse, listAreaCodes } from './area-codes.ts';
import { readPlaces, usStates } from './us-regions.ts';
import { statePostalCodes } from './us-states.ts';

const geographic: AreaCodeUse = { kind: 'us-geographic' };

it.each([
  { name: "the area code's own entry", places: { '617': 'Massachusetts', '617234': 'Dover, NH' }, want: 'MA' },
  { name: 'the city that is its own entry', places: { '617': 'Boston, MA' }, want: 'MA' },
  {
    name: 'the most frequent state of its longer entries',
    places: {
      '6172': 'Dover, NH',
      '6173': 'Boston, MA',
      '61745': 'Boston, MA',
      '6175': 'Massachusetts',
      '6176': 'Maine',
    },
    want: 'MA',
  },
  {
    name: 'no state when its own entry is in none',
    places: { '617': 'Ontario', '6172': 'Boston, MA' },
    want: undefined,
  },
  { name: 'no state when there is no entry at all', places: {}, want: undefined },
])('gives an area code $name', ({ places, want }) => {
  const states = usStates(new Map([['617', geographic]]), new Map(Object.entries(places)));
  expect(states.get('617')).toBe(want);
});

it('asks only for codes that are of the US, or unknown to the numbering plans and placed by the data', () => {
  const uses = new Map<string, AreaCodeUse>([
    ['617', geographic],
    ['416', { kind: 'country', country: 'CA' }],
    ['800', { kind: 'us-toll-free' }],
    ['900', { kind: 'us-non-geographic' }],
    ['738', { kind: 'unknown' }],
    ['290', { kind: 'unknown' }],
  ]);
  const places = new Map(['617', '416', '800', '900', '738'].map((areaCode) => [areaCode, 'California']));
  expect([...usStates(uses, places)]).toEqual([
    ['617', 'CA'],
    ['738', 'CA'],
  ]);
});

it('finds a state for every geographic area code of the US that the numbering plans know, and every state', () => {
  const uses = listAreaCodes();
  const states = usStates(uses, readPlaces());
  const missing = [...uses].filter(([areaCode, { kind }]) => kind === 'us-geographic' && !states.has(areaCode));
  expect(missing).toEqual([]);
  expect(new Set(states.values())).toEqual(statePostalCodes);
});
