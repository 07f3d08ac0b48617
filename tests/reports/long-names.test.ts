import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { call, newOwner } from '../http/voicetrends/owner.ts';
import { pagesFrom } from './ask.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1_000_000_000, logLevel: 'error' });
});
afterAll(() => server.close());

const longest = 2048;

it.each([
  { by: 'application', metric: 'calls', letter: 'x' },
  { by: 'application', metric: 'calls', letter: '€' },
  { by: 'page', metric: 'visits', letter: 'x' },
  { by: 'form_item', metric: 'visits', letter: 'x' },
  { by: 'link', metric: 'moves', letter: 'x' },
  { by: 'link', metric: 'moves', letter: '€' },
])(
  'pages by $by end after all groups, whose names are as long as may be and of $letter',
  async ({ by, metric, letter }) => {
    const long = letter.repeat(longest);
    const visit = (item: string) => ({ type: 'form_item', at: 0, page: long, form: long.slice(0, 256), item });
    const items = ['a', 'b', 'c'].map((first) => `${first}${long}`.slice(0, 256));
    const calls = items.map((item, index) =>
      call({ id: `c-${index}`, application: `${item}${long}`.slice(0, longest), events: [visit(item), visit('last')] }),
    );
    const { ask } = await newOwner(server, { calls });
    const path = `/api/v2/report?start=2018-02-07&end=2018-02-07&by=${by}&metrics=${metric}`;
    const [whole] = await pagesFrom(ask, path);
    const pages = await pagesFrom(ask, `${path}&limit=1`);
    expect(pages.flatMap(({ rows }) => rows)).toEqual(whole?.rows);
  },
);
