import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propertyRuns } from '../data/property-runs.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { verify } from '../http/ingest/verification.ts';
import type { Owner } from '../http/voicetrends/owner.ts';
import { accountAfter } from './account-model.ts';
import { answersTo, type Expected } from './answers.ts';
import { busyWorld } from './busy-world.ts';
import { happen } from './happen.ts';
import { inJson, inXml } from './spell.ts';
import { type World, world } from './world.ts';

const many = 1_000_000_000;
const worldCount = 300;
/** A failure is reported while the runner still listens, with the smallest world that was found until then. */
const inTime = { interruptAfterTimeLimit: 200_000, markInterruptAsFailure: true };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: many, authAttemptsPerWindow: many, logLevel: 'error' });
});
afterAll(() => server.close());

/** An answer in one representation, as the model has it and as the server gave it. */
interface Comparison {
  readonly want: Received;
  readonly got: Received;
}

interface Received {
  readonly path: string;
  readonly status: number;
  readonly type: string | undefined;
  /** Of a refusal the words are left to the server. */
  readonly text: string | null;
}

const representations = [
  { type: 'application/json', print: inJson },
  { type: 'application/xml', print: inXml },
] as const;

async function compare(user: Owner, { path: rest, value }: Expected): Promise<readonly Comparison[]> {
  const path = `/api/${rest}`;
  return Promise.all(
    representations.map(async ({ type, print }) => {
      const { status, headers, text } = await user.ask(path, { headers: { accept: type } });
      const want = { path, type, status: value === null ? 400 : 200, text: value === null ? null : print(value) };
      return { want, got: { path, type: headers['Content-Type'], status, text: value === null ? null : text } };
    }),
  );
}

const isWrong = ({ want, got }: Comparison) =>
  want.status !== got.status || want.type !== got.type || want.text !== got.text;

async function check(given: World): Promise<void> {
  const users = await happen(server, given);
  const account = accountAfter(given);
  for (const question of given.questions) {
    const user = users[question.user];
    if (user === undefined) throw new Error(`no user ${question.user}`);
    const compared = await Promise.all(answersTo(given, account, question).map((answer) => compare(user, answer)));
    const wrong = compared.flat().filter(isWrong);
    expect(wrong.map(({ got }) => got)).toEqual(wrong.map(({ want }) => want));
  }
}

describe('every data resource', () => {
  it('answers what a model that counts call by call says, in JSON and in XML', { timeout: 240_000 }, async () => {
    await fc.assert(fc.asyncProperty(world, check), { ...propertyRuns(worldCount), ...inTime });
  });

  it('does so when everybody calls', { timeout: 240_000 }, async () => {
    // A failure names the seed of the world, which would fill pages.
    const property = fc.asyncProperty(fc.nat(), (seed) => check(busyWorld(seed)));
    await fc.assert(property, { ...propertyRuns(2), endOnFailure: true });
  });

  it('comes from sums that are what the stored documents give', async () => {
    const { documents, differences, examples } = await verify(server.store);
    expect({ differences, examples }).toEqual({ differences: 0, examples: [] });
    expect(documents).toBeGreaterThan(worldCount);
  });
});
