import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propertyRuns } from '../data/property-runs.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { verify } from '../http/ingest/verification.ts';
import { newOwner, type Owner, take } from '../http/voicetrends/owner.ts';
import { answerOf, inJson, inXml, outcomeOf, pathOf } from './performance-model.ts';
import { phones, type World, world } from './world.ts';

const many = 1_000_000_000;
const worldCount = 300;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: many, authAttemptsPerWindow: many, logLevel: 'error' });
});
afterAll(() => server.close());

/** Makes the world happen in an account of its own; returns its users. */
async function happen({
  timeZone,
  country,
  userCount,
  owners,
  batches,
  shares,
  gifts,
}: World): Promise<readonly Owner[]> {
  const users: Owner[] = [];
  const account = randomUUID();
  for (let index = 0; index < userCount; index++) users.push(await newOwner(server, { account, timeZone, country }));
  const accountId = users[0]?.user.account.accountId ?? 0;
  const userIdOf = (index: number) => users[index]?.user.userId ?? 0;
  const phoneOf = (index: number) => phones[index]?.[country][0] ?? '';
  for (const [phone, owner] of owners.entries()) {
    if (owner !== null) await server.store.numbers.add(accountId, userIdOf(owner), phoneOf(phone), server.clock.nowMs);
  }
  for (const { user, calls } of batches) {
    if (calls.length > 0)
      await take(
        server,
        users[user]?.key ?? '',
        calls.map(({ document }) => document),
      );
  }
  const had = new Set((await server.store.numbers.list(accountId)).map(({ phone }) => phone));
  for (const { phone, user } of shares) {
    if (had.has(phoneOf(phone))) await server.store.numbers.share(accountId, phoneOf(phone), userIdOf(user));
  }
  for (const { phone, user } of gifts) {
    if (had.has(phoneOf(phone))) await server.store.numbers.give(accountId, phoneOf(phone), userIdOf(user));
  }
  return users;
}

describe('performance', () => {
  it('answers what a model that counts call by call says, in JSON and in XML', async () => {
    const check = async (given: World) => {
      const users = await happen(given);
      const outcome = outcomeOf(given);
      for (const question of given.questions) {
        const path = pathOf(given, question);
        const ask = (accept: string) => users[question.user]?.ask(path, { headers: { accept } });
        const want = answerOf(given, outcome, question);
        const [json, xml] = await Promise.all([ask('application/json'), ask('application/xml')]);
        if (want === null) {
          expect({ path, statuses: [json?.status, xml?.status] }).toEqual({ path, statuses: [400, 400] });
          continue;
        }
        expect({ path, text: json?.text }).toEqual({ path, text: inJson(want) });
        expect({ path, text: xml?.text }).toEqual({ path, text: inXml(want) });
      }
    };
    await fc.assert(fc.asyncProperty(world, check), propertyRuns(worldCount));
  });

  it('comes from sums that are what the stored documents give', async () => {
    const { documents, differences, examples } = await verify(server.store);
    expect({ differences, examples }).toEqual({ differences: 0, examples: [] });
    expect(documents).toBeGreaterThan(worldCount);
  });
});
