import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repository, Workplace } from './workplace.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

const golden = readFileSync(join(repository, 'tests/golden/voicetrends/performance.json'), 'utf8');
const isAdded = 'added login plum of tool dev, new account plum (time zone America/New_York, country US)';

/** Runs the commands of a guide one after the other, as they are pasted; returns what they print. */
async function pasted(guide: string): Promise<string> {
  const markdown = readFileSync(join(repository, 'docs', guide), 'utf8');
  const examples = [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines = '']) => lines);
  const server = await place.serve();
  const script = examples.join('\n').replaceAll('http://127.0.0.1:8080', server.address);
  // Without the machine's own start-up files, which bash reads when its input is a socket.
  const { code, stdout, stderr } = await place.startProgram('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    in: repository,
    environment: {
      VOXGAUGE_DATA: place.data,
      PATH: `${join(repository, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`,
    },
  }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('the commands of the guides work as they are pasted', () => {
  it('quick-start.md', async () => {
    const stored = '{"stored":1,"replaced":0,"unchanged":0,"stale":0,"rejected":[]}';
    expect(await pasted('quick-start.md')).toBe(`${isAdded}\n${stored}${golden}`);
  });

  it('authentication.md', async () => {
    const lines = (await pasted('authentication.md')).split('\n');
    expect(lines[0]).toBe(isAdded);
    expect(lines.slice(1).join('')).toMatch(/^\{"calls":\{.*\{"start":"2018-02-01".*"rows":/);
  });

  it('migrating-from-voicetrends.md', async () => {
    const text = await pasted('migrating-from-voicetrends.md');
    expect(text.startsWith(`${isAdded}\n`)).toBe(true);
    expect(text.endsWith(golden)).toBe(true);
  });
});
