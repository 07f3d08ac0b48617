import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { repository, Workplace } from './workplace.ts';

const place = new Workplace();
afterAll(() => place.remove());

const readme = readFileSync(join(repository, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines = '']) => lines);
const golden = join(repository, 'tests/golden/voicetrends/performance.json');

it('has examples that work as they are pasted, one after the other', async () => {
  expect(examples).toHaveLength(3);
  const server = await place.serve();
  const script = examples.join('\n').replaceAll('http://127.0.0.1:8080', server.address);
  const { code, stdout, stderr } = await place.startProgram('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    // Where npx finds the command and Node.js, as in the clone; the data folder is that of the server.
    in: repository,
    environment: {
      VOXGAUGE_DATA: place.data,
      PATH: `${join(repository, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`,
    },
  }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(
    [
      'added login plum of tool dev, new account plum (time zone America/New_York, country US)\n',
      '{"stored":1,"replaced":0,"unchanged":0,"stale":0,"rejected":[]}',
      readFileSync(golden, 'utf8'),
      'start,application,page,page_loads,page_load_p95\r\n',
      '2018-02-01T00:00:00-05:00,https://ivr.example/start.php,main.php,1,0.04515\r\n',
    ].join(''),
  );
});
