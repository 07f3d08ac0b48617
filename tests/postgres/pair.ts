import { expect } from 'vitest';
import type { VerifyReport } from '../../src/store/call-store.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { verify } from '../http/ingest/verification.ts';
import type { Answer } from '../http/voicetrends/exchange.ts';
import type { Owner } from '../http/voicetrends/owner.ts';
import { linkOf } from '../reports/ask.ts';
import { newPostgresDatabase } from './database.ts';

/** Two servers that differ in their store alone. */
export interface Pair {
  readonly sqlite: TestServer;
  readonly postgres: TestServer;
  close(): Promise<void>;
}

/** What is the same on both sides: one thing of each server. */
export interface Both<T> {
  readonly sqlite: T;
  readonly postgres: T;
}

const many = 1_000_000_000;

export async function startPair(): Promise<Pair> {
  const changes = { dataRequestsPerWindow: many, authAttemptsPerWindow: many, logLevel: 'error' } as const;
  const database = await newPostgresDatabase();
  const sqlite = await startTestServer(changes);
  const postgres = await startTestServer(changes, { url: database.url });
  return {
    sqlite,
    postgres,
    async close() {
      await Promise.all([sqlite.close(), postgres.close()]);
      await database.remove();
    },
  };
}

export async function onBoth<T>(
  { sqlite, postgres }: Both<TestServer>,
  act: (server: TestServer) => Promise<T>,
): Promise<Both<T>> {
  const [one, other] = await Promise.all([act(sqlite), act(postgres)]);
  return { sqlite: one, postgres: other };
}

/** The users of both sides who are alike. */
export function pairsOf({ sqlite, postgres }: Both<readonly Owner[]>): readonly Both<Owner>[] {
  return sqlite.flatMap((owner, index) => {
    const other = postgres[index];
    return other === undefined ? [] : [{ sqlite: owner, postgres: other }];
  });
}

/** All of an answer but when it was given, and how many others were given before. */
const lasting = ({ status, headers, body }: Answer) => ({
  status,
  headers: Object.entries(headers).filter(([name]) => !/^(date|x-ratelimit-remaining)$/i.test(name)),
  body: body.toString('latin1'),
});

/** Asks both sides, and expects one answer, byte for byte; returns it. */
export async function sameAnswer({ sqlite, postgres }: Both<Owner>, path: string, accept: string): Promise<Answer> {
  const headers = { accept };
  const [want, got] = await Promise.all([sqlite.ask(path, { headers }), postgres.ask(path, { headers })]);
  expect({ path, accept, ...lasting(got) }).toEqual({ path, accept, ...lasting(want) });
  expect(got.status).toBeLessThan(500);
  return want;
}

/** The same from one answer to the next, for as long as it says that another one follows; returns how many there were. */
export async function samePages(owners: Both<Owner>, path: string, accept: string): Promise<number> {
  let count = 0;
  for (let next: string | null = path; next !== null; count += 1) {
    if (count > 400) throw new Error(`no end of pages of ${path}`);
    next = linkOf(await sameAnswer(owners, next, accept));
  }
  return count;
}

/** What `voxgauge verify` says of both: as many documents and rows, and every row as the documents have it. */
export async function sameSums(pair: Both<TestServer>): Promise<VerifyReport> {
  const { sqlite, postgres } = await onBoth(pair, ({ store }) => verify(store));
  expect(postgres).toEqual({ ...sqlite, differences: 0, examples: [] });
  return postgres;
}
