import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { examplesIn, pasted } from './pasted.ts';
import { repository, Workplace } from './workplace.ts';

const place = new Workplace();
afterAll(() => place.remove());

const golden = join(repository, 'tests/golden/voicetrends/performance.json');

it('has examples that work as they are pasted, one after the other', async () => {
  expect(examplesIn('README.md')).toHaveLength(3);
  expect(await pasted(place, 'README.md')).toBe(
    [
      'added login plum of tool dev, new account plum (time zone America/New_York, country US)\n',
      '{"stored":1,"replaced":0,"unchanged":0,"stale":0,"rejected":[]}',
      readFileSync(golden, 'utf8'),
      'start,application,page,page_loads,page_load_p95\r\n',
      '2018-02-01T00:00:00-05:00,https://ivr.example/start.php,main.php,1,0.04515\r\n',
    ].join(''),
  );
});
