import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentOf, idOf, seededRandom, sumsOfVersions, type Version } from '../crash/traffic.ts';
import { call } from '../http/ingest/call.ts';
import { noSums } from '../http/ingest/database.ts';
import { newPostgresDatabase, type PostgresDatabase } from '../postgres/database.ts';
import { type PostgresServer, startPostgres } from '../postgres/start-server.ts';
import { Answers, answered, type IngestRequest, postCalls } from './client.ts';
import { poll, until } from './polling.ts';
import { type AppProcess, runCommand, runJson, startApp } from './processes.ts';
import { shuffled } from './shuffled.ts';

/** Of data requests in a window, unless a server is told otherwise. */
const unitsOfQuota = 150;
const seenWithinMs = 1500;

let postgres: PostgresServer;
let database: PostgresDatabase;
const apps: AppProcess[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  database = await newPostgresDatabase(postgres.url);
});
afterAll(async () => {
  for (const app of apps) await app.kill();
  await postgres.remove();
});

/** Of the server that is at this place now; one that has just been killed is soon followed by another. */
async function addressOf(place: number): Promise<string> {
  for (;;) {
    const app = apps[place];
    if (app?.hasDied()) throw new Error(`server ${place} has died: ${app.said()}`);
    const address = await app?.listening.catch(() => null);
    if (address !== undefined && address !== null) return address;
  }
}

async function killAndStart(place: number): Promise<void> {
  await apps[place]?.kill();
  apps[place] = startApp(database.url);
  await apps[place].listening;
}

interface Owner {
  readonly login: string;
  readonly password: string;
  readonly keys: readonly { readonly id: number; readonly key: string }[];
}

/** Adds a user with so many keys through the command line, while the servers run. */
async function addOwner(login: string, { account = login, keys = 1 } = {}): Promise<Owner> {
  const { password } = await runJson(database.url, ['user', 'add', '--login', login, '--account', account]);
  const added = Array.from({ length: keys }, () => runJson(database.url, ['key', 'add', '--login', login]));
  const made = (await Promise.all(added)).map(({ id, key }) => ({ id: Number(id), key: `${key}` }));
  return { login, password: `${password}`, keys: made };
}

const path = '/api/volume/20180101/20180131/day';

/** The value of the Authorization header of data requests. */
async function logIn(place: number, { login, password }: Pick<Owner, 'login' | 'password'>): Promise<string> {
  const body = new URLSearchParams({ tool: 'dev', login, password });
  const answer = await answered(`${await addressOf(place)}/api/auth`, { method: 'POST', body });
  const given: { readonly login: string; readonly password: string } = JSON.parse(answer?.text ?? '');
  return `Basic ${Buffer.from(`${given.login}:${given.password}`).toString('base64')}`;
}

it('two servers that start together on an empty database both start', async () => {
  apps.push(startApp(database.url), startApp(database.url));
  const addresses = await Promise.all(apps.map(({ listening }) => listening));
  for (const address of addresses) expect(await answered(`${address}/health/ready`)).toMatchObject({ status: 200 });
});

describe('what one server knows, the other knows', () => {
  const ask = async (place: number, authorization: string, phone = 'ALL') =>
    fetch(`${await addressOf(place)}${path}/${phone}`, { headers: { authorization } });
  const statusOf = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status;
  const soon = (status: number, ask: () => Promise<number>) => poll(ask, (found) => found === status, seenWithinMs);
  const send = async (place: number, key: string, phone: string) => {
    const body = JSON.stringify(call({ phone }));
    return (await postCalls(await addressOf(place), key, { type: 'application/json', body }))?.status ?? 0;
  };

  it('credentials that one server gave are good at the other', async () => {
    const owner = await addOwner('session');
    for (const [first, second] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const authorization = await logIn(first, owner);
      expect(await statusOf(second, authorization)).toBe(200);
      expect(await statusOf(first, authorization)).toBe(200);
    }
  });

  it('a quota is granted exactly so many times, however many servers are asked at once', async () => {
    const owner = await addOwner('quota');
    const authorization = await logIn(0, owner);
    // Counted are the answers of one window, which may end while they are asked for.
    const answersOfOneWindow = async () => {
      const answers = await Promise.all(
        Array.from({ length: 2 * unitsOfQuota }, (_, place) => ask(place % 2, authorization)),
      );
      const windows = new Set(answers.map(({ headers }) => headers.get('x-ratelimit-reset')));
      return windows.size === 1 ? answers : null;
    };
    const answers = await poll(answersOfOneWindow, (found) => found !== null, 10_000);
    const statuses = Map.groupBy(answers ?? [], ({ status }) => status);
    expect(statuses.get(200)?.length).toBe(unitsOfQuota);
    expect(statuses.get(429)?.length).toBe(unitsOfQuota);
    const remaining = (statuses.get(200) ?? []).map(({ headers }) => Number(headers.get('x-ratelimit-remaining')));
    expect(remaining.toSorted((left, right) => left - right)).toEqual(
      Array.from({ length: unitsOfQuota }, (_, left) => left),
    );
  });

  it('a key that is revoked is refused by both within a second', async () => {
    const {
      keys: [key],
    } = await addOwner('revoked');
    if (key === undefined) throw new Error('there is no key');
    for (const place of [0, 1]) expect(await send(place, key.key, '+16173990001')).toBe(200);
    await runJson(database.url, ['key', 'revoke', `${key.id}`]);
    for (const place of [0, 1]) expect(await soon(401, () => send(place, key.key, '+16173990001'))).toBe(401);
  });

  it('a user who is disabled is refused by both within a second, and let in again', async () => {
    const owner = await addOwner('disabled');
    const [key = { key: '' }] = owner.keys;
    const authorization = await logIn(0, owner);
    for (const place of [0, 1]) expect(await statusOf(place, authorization)).toBe(200);
    await runJson(database.url, ['user', 'disable', '--login', owner.login, '--leave-no-admin']);
    for (const place of [0, 1]) {
      expect(await soon(401, () => statusOf(place, authorization))).toBe(401);
      expect(await soon(401, () => send(place, key.key, '+16173990001'))).toBe(401);
    }
    await runJson(database.url, ['user', 'enable', '--login', owner.login]);
    expect(await soon(200, () => send(1, key.key, '+16173990001'))).toBe(200);
    const again = await logIn(1, owner);
    expect(await statusOf(0, again)).toBe(200);
  });

  it('a number that came in at one server is known to the other, and so is who it was given to', async () => {
    const ann = await addOwner('ann', { account: 'numbers' });
    const bob = await addOwner('bob', { account: 'numbers' });
    const [first, second] = [await logIn(0, ann), await logIn(1, bob)];
    const phone = '+16173990002';
    // A number that is not theirs is one that is not there, and both servers remember that for a moment.
    for (const place of [0, 1]) expect(await statusOf(place, first, phone)).toBe(400);
    expect(await send(0, ann.keys[0]?.key ?? '', phone)).toBe(200);
    expect(await statusOf(0, first, phone)).toBe(200);
    expect(await soon(200, () => statusOf(1, first, phone))).toBe(200);
    await runJson(database.url, ['number', 'give', phone, '--login', 'ann', '--to', 'bob']);
    for (const place of [0, 1]) {
      expect(await soon(400, () => statusOf(place, first, phone))).toBe(400);
      expect(await soon(200, () => statusOf(place, second, phone))).toBe(200);
    }
  });
});

/** What a sender of the traffic does: which server it sends to, and whose key it has. */
interface Part {
  readonly place: number;
  readonly account: string;
  readonly key: string;
}

const callsOfRound = 24;
const newCallsOfRound = 8;
const highestRevision = 4;
const longRound = 5;

/** Calls of a round, which those of the rounds before and after share: on one server in this order, on the other in the opposite one. */
function requestsOf(round: number, sender: number, { place, account }: Part): readonly IngestRequest[] {
  const order = seededRandom(round * 2 + (account === 'first' ? 1 : 0));
  const own = seededRandom(round * 100 + sender);
  const first = round * newCallsOfRound;
  const numbers = Array.from({ length: callsOfRound }, (_, index) => first + index);
  const calls = shuffled([...numbers, ...numbers.slice(0, 8)], order);
  const versions = (place === 0 ? calls : calls.toReversed()).map((number) => ({
    call: number,
    revision: own(highestRevision + 1),
  }));
  const requests: IngestRequest[] = [];
  for (let start = 0; start < versions.length; ) {
    const size = 1 + own(9);
    requests.push(requestOf(versions.slice(start, start + size), own));
    start += size;
  }
  if (round % longRound !== 0 || sender !== 0) return requests;
  // A stream that takes the server more than one transaction.
  const long = Array.from({ length: 1200 }, (_, index) => ({
    call: index % (first + callsOfRound),
    revision: own(highestRevision + 1),
  }));
  return [...requests, streamOf(long.map(documentOf), { versions: long, hasReject: false })];
}

type Meaning = Pick<IngestRequest, 'versions' | 'hasReject'>;

const streamOf = (documents: readonly string[], meaning: Meaning): IngestRequest => ({
  type: 'application/x-ndjson',
  body: `${documents.join('\n')}\n`,
  ...meaning,
});

function requestOf(versions: readonly Version[], random: (limit: number) => number): IngestRequest {
  const [only = ''] = versions.map(documentOf);
  if (versions.length === 1) return { type: 'application/json', body: only, versions, hasReject: false };
  const hasReject = random(4) === 0;
  const bad = JSON.stringify(call({ id: `bad-${random(50)}`, revision: -1 }));
  const documents = [...versions.map(documentOf), ...(hasReject ? [bad] : [])];
  if (random(2) === 0) return streamOf(documents, { versions, hasReject });
  return { type: 'application/json', body: `[${documents.join(',')}]`, versions, hasReject };
}

describe('while servers and the database are killed', () => {
  const answers = new Answers();
  const reports = new Answers();
  /** Highest revision that was acknowledged, by account and number of call. */
  const acknowledged = new Map<string, Map<number, number>>([
    ['first', new Map()],
    ['second', new Map()],
  ]);
  let isOver = false;

  const sendOn = async (part: Part, sender: number) => {
    for (let round = 0; !isOver; round += 1) {
      for (const request of requestsOf(round, sender, part)) {
        await answers.sendUntilTaken(() => addressOf(part.place), part.key, request);
        const known = acknowledged.get(part.account);
        for (const { call: number, revision } of request.versions) {
          known?.set(number, Math.max(known.get(number) ?? 0, revision));
        }
      }
    }
  };

  const hasFailed = () => answers.strange.length > 0 || apps.some((app) => app.hasDied());

  /** Lets the senders come on before the next blow, which must find them at work. */
  const more = async (count: number) => {
    const goal = answers.taken + count;
    await until(() => answers.taken >= goal || hasFailed());
  };

  const blows: readonly (() => Promise<void>)[] = [
    () => killAndStart(0),
    () => killAndStart(1),
    () => postgres.restart(),
    () => postgres.crash().then(() => postgres.start()),
    async () => {
      await Promise.all([killAndStart(1), postgres.restart()]);
    },
    async () => {
      const starting = postgres.crash().then(() => postgres.start());
      await Promise.all([killAndStart(0), starting]);
    },
    // For longer than servers try it themselves.
    async () => {
      await postgres.stop();
      const known = answers.unavailable;
      await until(() => answers.unavailable > known || hasFailed());
      await postgres.start();
    },
  ];

  const askedEveryMs = 250;
  /** Asks for reports of both servers while all this goes on, and no more than the quotas allow. */
  const askOn = async (owners: readonly Owner[]) => {
    const authorizations = await Promise.all(owners.map((owner, place) => logIn(place, owner)));
    for (let asked = 0; !isOver && asked < unitsOfQuota; asked += 1) {
      const authorization = authorizations[asked % authorizations.length] ?? '';
      const place = Math.floor(asked / 2) % apps.length;
      reports.note(await answered(`${await addressOf(place)}${path}/ALL`, { headers: { authorization } }), 200);
      await delay(askedEveryMs);
    }
  };

  it('senders are only ever told that it was taken or to try again', { timeout: 300_000 }, async () => {
    const [first, second] = [await addOwner('first', { keys: 2 }), await addOwner('second')];
    const keys = [
      ...first.keys.map(({ key }) => ({ key, account: 'first' })),
      ...second.keys.map(({ key }) => ({ key, account: 'second' })),
    ];
    const parts = [0, 1].flatMap((place) => keys.map((each) => ({ place, ...each })));
    const sending = Promise.all([...parts.map(sendOn), askOn([first, second])]);
    // Whoever awaits it meets its failure, which until then is not one that nobody has handled.
    sending.catch(() => {});
    try {
      for (let turn = 0; turn < 2 * blows.length; turn += 1) {
        await more(20);
        await blows[turn % blows.length]?.();
      }
      await more(20);
    } finally {
      isOver = true;
    }
    await sending;
    expect({ answers: answers.strange, reports: reports.strange }).toEqual({ answers: [], reports: [] });
    // The blows have hit: connections broke, and servers could not do what they were asked for.
    expect(answers.broken).toBeGreaterThan(0);
    expect(answers.unavailable).toBeGreaterThan(0);
    expect(reports.taken).toBeGreaterThan(0);
  });

  const finalVersions = (account: string): readonly Version[] =>
    Array.from(acknowledged.get(account) ?? [], ([number, revision]) => ({ call: number, revision }));

  it.each(['first', 'second'])(
    'everything that account %s was acknowledged is stored, in its highest revision',
    async (account) => {
      const rows = await database.run(`
      SELECT d.call_id, d.revision, b.document FROM documents d
      JOIN document_bodies b USING (account_id, month, call_id) JOIN accounts a USING (account_id) WHERE a.name = '${account}'`);
      const stored = new Map(
        rows.map(({ call_id, revision, document }) => [call_id, { revision: Number(revision), document }]),
      );
      expect(stored.size).toBe(rows.length);
      const expected = finalVersions(account).map(
        (version) => [idOf(version.call), { revision: version.revision, document: documentOf(version) }] as const,
      );
      expect(stored).toEqual(new Map(expected));
    },
  );

  it.each(['first', 'second'])('the figures of account %s are those of its documents', async (account) => {
    const expected = sumsOfVersions(finalVersions(account));
    for (const table of ['number_days', 'owner_days', 'number_hours', 'application_days']) {
      const sums = Object.keys(noSums).map((column) => `sum(s.${column})::bigint AS ${column}`);
      const [row] = await database.run(`
        SELECT ${sums.join(', ')} FROM ${table} s JOIN accounts a USING (account_id) WHERE a.name = '${account}'`);
      const found = Object.fromEntries(Object.entries(row ?? {}).map(([column, sum]) => [column, Number(sum)]));
      expect({ table, ...found }).toEqual({ table, ...expected });
    }
  });

  it('"voxgauge verify" finds no difference', async () => {
    const { code, stdout, stderr } = await runCommand(database.url, ['verify', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ differences: 0 });
  });

  it('both servers are ready, and have said nothing but what they could not do', async () => {
    for (const place of [0, 1]) {
      expect(await answered(`${await addressOf(place)}/health/ready`)).toMatchObject({ status: 200 });
      expect(apps[place]?.said()).toMatch(
        /^(voxgauge: waiting: the database 127\.0\.0\.1:\d+\/postgres cannot be used now: .*\n)*$/,
      );
    }
  });

  it('both servers are seen at work in the database again', async () => {
    const shown = async () => {
      const [row] = await database.run(`
        SELECT count(*) AS servers FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted`);
      return Number(row?.['servers']);
    };
    expect(await poll(shown, (servers) => servers === apps.length, 10_000)).toBe(apps.length);
  });

  it('both servers stop when they are asked to', async () => {
    expect(await Promise.all(apps.map((app) => app.stop()))).toEqual([0, 0]);
  });
});
