import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { propertyRuns } from '../data/property-runs.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { accountAfter, type History, happen, history } from './account.ts';
import { checkAnswers } from './comparison.ts';
import { type Question, question } from './question.ts';

const many = 1_000_000_000;
const historyCount = 120;
const inTime = { interruptAfterTimeLimit: 200_000, markInterruptAsFailure: true };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: many, logLevel: 'error' });
});
afterAll(() => server.close());

interface Story {
  readonly history: History;
  readonly questions: readonly Question[];
}

const story: fc.Arbitrary<Story> = history.chain((history) =>
  fc.record({
    history: fc.constant(history),
    questions: fc.array(question(history.timeZone), { minLength: 6, maxLength: 10, size: 'max' }),
  }),
);

describe('a report', () => {
  it('has the rows that a model counts call by call, in JSON, CSV and NDJSON, at once and in pages', {
    timeout: 240_000,
  }, async () => {
    const checkAll = async ({ history, questions }: Story) => {
      const users = await happen(server, history);
      const account = accountAfter(history);
      for (const question of questions) {
        const user = users[question.user];
        if (user === undefined) throw new Error(`no user ${question.user}`);
        await checkAnswers(user.ask, account, question);
      }
    };
    await fc.assert(fc.asyncProperty(story, checkAll), { ...propertyRuns(historyCount), ...inTime });
  });
});
