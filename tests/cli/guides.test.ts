import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pasted } from './pasted.ts';
import { repository, Workplace } from './workplace.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

const golden = readFileSync(join(repository, 'tests/golden/voicetrends/performance.json'), 'utf8');
const isAdded = 'added login plum of tool dev, new account plum (time zone America/New_York, country US)';

describe('the commands of the guides work as they are pasted', () => {
  it('quick-start.md', async () => {
    const stored = '{"stored":1,"replaced":0,"unchanged":0,"stale":0,"rejected":[]}';
    expect(await pasted(place, 'docs/quick-start.md')).toBe(`${isAdded}\n${stored}${golden}`);
  });

  it('authentication.md', async () => {
    const lines = (await pasted(place, 'docs/authentication.md')).split('\n');
    expect(lines[0]).toBe(isAdded);
    expect(lines.slice(1).join('')).toMatch(/^\{"calls":\{.*\{"start":"2018-02-01".*"rows":/);
  });

  it('migrating-from-voicetrends.md', async () => {
    const text = await pasted(place, 'docs/migrating-from-voicetrends.md');
    expect(text.startsWith(`${isAdded}\n`)).toBe(true);
    expect(text.endsWith(golden)).toBe(true);
  });
});
