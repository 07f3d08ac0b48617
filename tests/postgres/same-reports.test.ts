import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reject } from '../../src/store/call-store.ts';
import { propertyRuns } from '../data/property-runs.ts';
import type { TestServer } from '../harness/server.ts';
import { anyBody } from '../http/ingest/nasty.ts';
import { exchange } from '../http/voicetrends/exchange.ts';
import { newOwner, type Owner } from '../http/voicetrends/owner.ts';
import { accountAfter } from '../model/account-model.ts';
import { answersTo } from '../model/answers.ts';
import { busyWorld } from '../model/busy-world.ts';
import { happen as happenInWorld } from '../model/happen.ts';
import { periods, type Question, type World, world } from '../model/world.ts';
import * as reports from '../reports/account.ts';
import { pathOf, question } from '../reports/question.ts';
import { type Both, onBoth, type Pair, pairsOf, sameAnswer, samePages, sameSums, startPair } from './pair.ts';
import {
  happen as happenStrangely,
  pathsOf,
  type StrangeAccount,
  seriesPaths,
  strangeAccount,
} from './strange-account.ts';

/** What is stored in PostgreSQL and in SQLite answers every question alike, byte for byte. */

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

/** A failure is reported while the runner still listens, with the smallest example that was found until then. */
const inTime = { interruptAfterTimeLimit: 45_000, markInterruptAsFailure: true };

const seriesTypes = ['application/json', 'application/xml'] as const;
const reportTypes = ['application/json', 'text/csv', 'application/x-ndjson'] as const;

function ownersOf(users: readonly Both<Owner>[], index: number): Both<Owner> {
  const owners = users[index];
  if (owners === undefined) throw new Error(`no user ${index}`);
  return owners;
}

async function compareSeries(owners: Both<Owner>, paths: Iterable<string>): Promise<void> {
  for (const path of new Set(paths)) {
    await Promise.all(seriesTypes.map((type) => sameAnswer(owners, `/api/${path}`, type)));
  }
}

/** Of one number and of ALL, in each period. */
const askedOf = (given: Question): readonly Question[] =>
  [given.phone, 'ALL' as const].flatMap((phone) => periods.map((period) => ({ ...given, phone, period })));

async function compareWorld(given: World, questions: readonly Question[]): Promise<void> {
  const users = pairsOf(await onBoth(pair, (server) => happenInWorld(server, given)));
  const account = accountAfter(given);
  for (const each of questions) {
    const paths = answersTo(given, account, each).map(({ path }) => path);
    await compareSeries(ownersOf(users, each.user), paths);
  }
}

const story = reports.history.chain((history) =>
  fc.record({
    history: fc.constant(history),
    questions: fc.array(question(history.timeZone), { minLength: 5, maxLength: 8, size: 'max' }),
  }),
);

describe('the compatible API', () => {
  it('gives the same answers in JSON and XML', async () => {
    const property = fc.asyncProperty(world, (given) => compareWorld(given, given.questions.flatMap(askedOf)));
    await fc.assert(property, { ...propertyRuns(20), ...inTime });
  });

  it('gives the same answers when everybody calls', async () => {
    // A failure names the seed of the world, which would fill pages.
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      const given = busyWorld(seed);
      await compareWorld(given, given.questions);
    });
    await fc.assert(property, { ...propertyRuns(1), endOnFailure: true });
  });
});

describe('the reports API', () => {
  it('gives the same answers in JSON, CSV and NDJSON, at once and page by page', async () => {
    let pages = 0;
    const property = fc.asyncProperty(story, async ({ history, questions }) => {
      const users = pairsOf(await onBoth(pair, (server) => reports.happen(server, history)));
      const account = reports.accountAfter(history);
      for (const each of questions) {
        const owners = ownersOf(users, each.user);
        const whole = pathOf(each, account, each.by === null ? null : 500);
        await Promise.all(reportTypes.map((type) => sameAnswer(owners, whole, type)));
        const paged = pathOf(each, account, each.limit);
        const counts = await Promise.all(reportTypes.map((type) => samePages(owners, paged, type)));
        pages = Math.max(pages, ...counts);
      }
    });
    await fc.assert(property, { ...propertyRuns(25), ...inTime });
    // Something was asked that has pages.
    expect(pages).toBeGreaterThan(3);
  });
});

/** Returns how many answers had a table of several rows. */
async function compareStrangely(account: StrangeAccount): Promise<number> {
  let tables = 0;
  const owners = await onBoth(pair, (server) => happenStrangely(server, account));
  for (const path of pathsOf(account)) {
    const answers = await Promise.all(reportTypes.map((type) => sameAnswer(owners, path, type)));
    await samePages(owners, `${path}&limit=2`, 'application/json');
    const lines = answers[1]?.text.split('\n') ?? [];
    if (answers[1]?.status === 200 && lines.length > 4) tables += 1;
  }
  await compareSeries(owners, seriesPaths);
  return tables;
}

describe('both', () => {
  it('give the same answers of names that are long and strange, and of calls that have moved', async () => {
    let tables = 0;
    const property = fc.asyncProperty(strangeAccount, async (account) => {
      tables += await compareStrangely(account);
    });
    await fc.assert(property, { ...propertyRuns(12), ...inTime });
    expect(tables).toBeGreaterThan(50);
  });

  it('take, refuse and keep the same bodies, whatever they are', async () => {
    const owners = await onBoth(pair, (server) => newOwner(server, { account: randomUUID() }));
    const types = fc.constantFrom('application/json', 'application/x-ndjson');
    const property = fc.asyncProperty(
      fc.oneof({ weight: 9, arbitrary: anyBody }, oddReject),
      types,
      async (body, type) => {
        const send = ({ address }: TestServer, { key }: Owner) =>
          exchange(address, '/ingest/v1/calls', {
            method: 'POST',
            body: Buffer.from(body, 'latin1'),
            headers: { authorization: `Bearer ${key}`, 'content-type': type },
          });
        const got = await send(pair.postgres, owners.postgres);
        const want = await send(pair.sqlite, owners.sqlite);
        expect({ status: got.status, text: got.text }).toEqual({ status: want.status, text: want.text });
        expect(got.status).toBeLessThan(500);
      },
    );
    await fc.assert(property, { ...propertyRuns(400), ...inTime });
    const kept = await onBoth(pair, (server) => keptOf(server, owners));
    expect(kept.postgres).toEqual(kept.sqlite);
    expect(kept.sqlite.length).toBeGreaterThan(20);
  });

  it('have the sums that the documents give, in as many rows', async () => {
    const { documents } = await sameSums(pair);
    expect(documents).toBeGreaterThan(3000);
    expect(await pair.postgres.store.calls.count()).toBe(documents);
  });
});

/** Refused for a field whose name is text that not every database can hold. */
const oddReject = fc
  .constantFrom('\\u0000', 'a\\u0000b', '\\ud800', '\\udc00\\ud83d', '\\u2028', '~', '/', '\\u0001')
  .map(
    (name) => `{"id":"odd","phone":"301","application":"a","started_at":"2018-02-07T15:20:00Z","labels":{"${name}":1}}`,
  );

/** What a server keeps of what it refused from an owner, but for its number. */
async function keptOf(server: TestServer, owners: Both<Owner>) {
  const { accountId } = (server === pair.sqlite ? owners.sqlite : owners.postgres).user.account;
  const rejects = await server.store.rejects.list({ accountId, afterId: 0, limit: 10_000 });
  return rejects.map(({ rejectId: _, account: { accountId: _account, ...account }, sender, ...reject }: Reject) => ({
    ...reject,
    account: account.timeZone,
    isStrict: sender.isStrict,
    document: Buffer.from(reject.document).toString('latin1'),
  }));
}
