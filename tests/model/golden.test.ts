import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { accountAfter } from './account-model.ts';
import { answersTo } from './answers.ts';
import { callers } from './callers.ts';
import { inJson } from './spell.ts';
import type { Question, World } from './world.ts';

/** The model against the vendor's samples, which are all that is known for certain. */

/** One call on 2018-02-07 from a toll-free number, whose only page took 45 ms to load. */
const world: World = {
  timeZone: 'America/New_York',
  country: 'US',
  userCount: 1,
  owners: [0, null, null, null],
  batches: [
    {
      user: 0,
      calls: [
        {
          phone: 0,
          caller: callers.findIndex(({ region }) => region?.kind === 'tollFree'),
          document: {
            id: 'c-1',
            phone: '+16173990000',
            application: 'https://ivr.example/start.php',
            started_at: '2018-02-07T15:20:00Z',
            events: [{ type: 'page_load', duration_ms: 45 }],
          },
        },
      ],
    },
  ],
  shares: [],
  gifts: [],
  questions: [],
};
const question: Question = {
  user: 0,
  phone: 'ALL',
  spelling: 0,
  start: Temporal.PlainDate.from('2018-02-01'),
  days: 8,
  period: 'day',
};

it.each([
  ['events', 'events/20180201/20180208/day/ALL'],
  ['performance', 'performance/20180201/20180208/day/ALL'],
  ['profile', 'profile/20180201/20180208/day/ALL'],
  ['geographic', 'profile/20180201/20180208/ALL'],
])('says what the sample of %s says', (name, path) => {
  const sample = readFileSync(new URL(`../golden/voicetrends/${name}.json`, import.meta.url), 'utf8');
  const answer = answersTo(world, accountAfter(world), question).find((answer) => answer.path === path);
  expect(answer?.value && inJson(answer.value)).toBe(sample);
});
