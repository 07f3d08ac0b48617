import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import type { Answer } from '../../http/voicetrends/exchange.ts';
import type { Documented } from '../document.ts';
import { type Failing, startFailing } from './failing.ts';

/** Where answers of all kinds can be had. */
export interface Stage {
  /** Nobody meets a limit here. */
  readonly open: TestServer;
  /** Everybody has one request of each kind in a window, and bodies are small. */
  readonly limited: TestServer;
  /** A server whose store cannot be used, and one with which to make what is used there. Started when they are first wanted. */
  readonly failing: () => Promise<Pick<Failing, 'whole' | 'failing'>>;
}

export const maxBodyBytes = 2048;

export async function setStage(): Promise<Stage & { close(): Promise<void> }> {
  const generous = { dataRequestsPerWindow: 1e9, authAttemptsPerWindow: 1e9, authFailuresPerAddress: 1e9 };
  const open = await startTestServer({ ...generous, logLevel: 'silent' });
  const narrow = { dataRequestsPerWindow: 1, authAttemptsPerWindow: 1, ingestRequestsPerWindow: 1, maxBodyBytes };
  const limited = await startTestServer({ ...narrow, logLevel: 'silent' });
  let started: Promise<Failing> | null = null;
  return {
    open,
    limited,
    failing() {
      started ??= startFailing({ ...generous, logLevel: 'silent' });
      return started;
    },
    async close() {
      await Promise.all([open.close(), limited.close(), started?.then((failing) => failing.close())]);
    },
  };
}

export interface Asked {
  readonly stage: Stage;
  readonly documented: Documented;
  /** The media type that is wanted. */
  readonly accept: string;
}

/** Makes an operation answer in a certain way; the answers by what was done for them. */
export type Driver = (asked: Asked) => Promise<Answers>;
export type Answers = Readonly<Record<string, Answer>>;

/** Does what is to be done in each way, one after the other. */
export async function inEachWay<T>(
  ways: Readonly<Record<string, T>>,
  act: (way: T) => Promise<Answer>,
): Promise<Answers> {
  const answers: Record<string, Answer> = {};
  for (const [way, value] of Object.entries(ways)) answers[way] = await act(value);
  return answers;
}

/** Acts while tables of the store are not there. */
export async function without<T>(server: TestServer, tables: RegExp, act: () => Promise<T>): Promise<T> {
  const database = new DatabaseSync(join(server.folder, 'voxgauge.db'), { timeout: 10_000 });
  const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const names = rows.map(({ name }) => `${name}`).filter((name) => tables.test(name));
  if (names.length === 0) throw new Error(`no table is called ${tables}`);
  const rename = (pairs: readonly (readonly [string, string])[]) => {
    const statements = pairs.map(([from, to]) => `ALTER TABLE ${from} RENAME TO ${to};`);
    database.exec(`BEGIN IMMEDIATE; ${statements.join(' ')} COMMIT`);
  };
  rename(names.map((name) => [name, `gone_${name}`]));
  try {
    return await act();
  } finally {
    rename(names.map((name) => [`gone_${name}`, name]));
    database.close();
  }
}
