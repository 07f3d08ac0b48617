import { afterAll, beforeAll, expect, it } from 'vitest';
import { Workplace } from '../cli/workplace.ts';
import { call } from '../http/ingest/call.ts';
import { newPostgresDatabase, type PostgresDatabase } from '../postgres/database.ts';
import { Answers, postCalls } from './client.ts';
import { until } from './polling.ts';
import { type AppProcess, runJson, startApp } from './processes.ts';

/** On 2018-02-07 in New York, and on the next day in Auckland. */
const startedAt = '2018-02-07T15:00:00Z';
const [newYorkDay, aucklandDay] = [17_569, 17_570];
const count = 20_000;
const timeoutMs = 240_000;

let database: PostgresDatabase;
const apps: AppProcess[] = [];
const place = new Workplace();

beforeAll(async () => {
  database = await newPostgresDatabase();
});
afterAll(async () => {
  for (const app of apps) await app.kill();
  await place.remove();
  await database.remove();
});

const documentOf = (id: string) => JSON.stringify(call({ id, started_at: startedAt }));

const days = async () => {
  const rows = await database.run('SELECT day, sum(calls) AS calls FROM number_days GROUP BY day ORDER BY day');
  return rows.map(({ day, calls }) => [Number(day), Number(calls)]);
};

const done = async () => {
  const [row] = await database.run('SELECT documents_done FROM recounts');
  return Number(row?.['documents_done'] ?? 0);
};

it('a time zone changes under two servers that take calls: what was begun, and killed, they bring to its end', {
  timeout: timeoutMs,
}, async () => {
  apps.push(startApp(database.url));
  const addresses = [await apps[0]?.listening];
  apps.push(startApp(database.url));
  addresses.push(await apps[1]?.listening);
  await runJson(database.url, ['user', 'add', '--login', 'plum', '--time-zone', 'America/New_York']);
  const { key } = await runJson(database.url, ['key', 'add', '--login', 'plum']);
  const answers = new Answers();
  const send = async (server: number, documents: readonly string[]) => {
    const request = { type: 'application/x-ndjson', body: documents.join('\n') } as const;
    answers.note(await postCalls(`${addresses[server]}`, `${key}`, request), 200);
  };
  for (let from = 0; from < count; from += 2000) {
    await send(
      from % 4000 === 0 ? 0 : 1,
      Array.from({ length: 2000 }, (_, index) => documentOf(`c-${from + index}`)),
    );
  }
  expect(await days()).toEqual([[newYorkDay, count]]);

  let isOver = false;
  const sent = [0, 0];
  const senders = [0, 1].map(async (server) => {
    for (; !isOver; sent[server] = (sent[server] ?? 0) + 1) {
      if (apps[server]?.hasDied()) throw new Error(`server ${server} has died: ${apps[server].said()}`);
      await send(server, [documentOf(`late-${server}-${sent[server]}`)]);
    }
  });
  const setting = place.start(['account', 'set', 'plum', '--time-zone', 'Pacific/Auckland'], {
    environment: { VOXGAUGE_STORE: database.url },
  });
  await until(async () => (await done()) > 0);
  setting.signal('SIGKILL');
  await setting.ended;
  const left = await done();
  expect(left).toBeLessThan(count);
  // Both servers look for what stands still, and go on with it.
  await until(async () => (await done()) > left);
  const isCounted = async () => (await days()).length === 1;
  await until(isCounted);
  isOver = true;
  await Promise.all(senders);

  expect(answers).toMatchObject({ strange: [], broken: 0, unavailable: 0 });
  const late = sent.reduce((sum, each) => sum + each, 0);
  expect(sent.filter((each) => each === 0)).toEqual([]);
  expect(await days()).toEqual([[aucklandDay, count + late]]);
  await until(async () => (await runJson(database.url, ['verify']))['recounting']?.toString() === '');
  expect(await runJson(database.url, ['verify'])).toMatchObject({
    documents: count + late,
    differences: 0,
    recounting: [],
  });
});
