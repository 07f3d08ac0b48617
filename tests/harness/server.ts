import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, parseConfig } from '../../src/config.ts';
import type { ReadPhone } from '../../src/domain/phone.ts';
import { openNumberingPlan } from '../../src/numbering/numbering-plan.ts';
import { hashPassword } from '../../src/secrets/passwords.ts';
import { keyHint, newIngestKey, sha256Of } from '../../src/secrets/tokens.ts';
import { createServer } from '../../src/server.ts';
import type { Tool, User } from '../../src/store/access-store.ts';
import { openStore, type StorePlace } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

/** A real server on a port of its own, with a SQLite store in a folder of its own, and a clock that the test sets. */
export interface TestServer {
  readonly address: string;
  readonly folder: string;
  readonly store: Store;
  /** What the server takes for now; starts at 2018-02-09 12:00:00 UTC. */
  readonly clock: { nowMs: number };
  /** Log lines so far, parsed. */
  readonly log: readonly unknown[];
  addUser(user: TestUser): Promise<User>;
  addKey(user: User, options?: { readonly isStrict?: boolean }): Promise<string>;
  /** Logs in over HTTP; returns the value of the Authorization header of data requests. */
  logIn(user: User): Promise<string>;
  /** Sends documents as one JSON array with a key of the user. */
  send(key: string, documents: readonly unknown[]): Promise<Response>;
  close(): Promise<void>;
}

export interface TestUser {
  readonly login: string;
  readonly tool?: Tool;
  readonly account?: string;
  readonly timeZone?: string;
  readonly country?: string;
  readonly isAdmin?: boolean;
}

export const testPassword = 'correct horse battery staple';
const startMs = Temporal.Instant.from('2018-02-09T12:00:00Z').epochMilliseconds;
let numberingPlan: Promise<ReadPhone> | undefined;

export interface TestFolder {
  /** Opened as it is, and left when the server closes, so that a second server can go on with it. */
  readonly folder?: string;
  /** Of a PostgreSQL database, instead of a folder. */
  readonly url?: string;
}

export async function startTestServer(
  changes: Partial<Config> = {},
  { folder: kept, url }: TestFolder = {},
): Promise<TestServer> {
  const config = parseConfig({});
  if (!config.ok) throw new Error(config.error.join('\n'));
  numberingPlan ??= openNumberingPlan();
  const readPhone = await numberingPlan;
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'voxgauge-test-'));
  const place: StorePlace = url === undefined ? { kind: 'sqlite', folder } : { kind: 'postgres', url, connections: 4 };
  const clock = { nowMs: startMs };
  const log: unknown[] = [];
  const server = await createServer({
    config: { ...config.value, data: folder, port: 0, ...changes },
    readPhone,
    version: '0.0.0-test',
    openStore: (observer) => openStore(place, { observer, nowMs: clock.nowMs }),
    nowMs: () => clock.nowMs,
    logTo: { write: (line) => log.push(JSON.parse(line)) },
  });
  const { store } = server;
  const address = await server.listen();
  const passwordHash = await hashPassword(testPassword);
  return {
    address,
    folder,
    store,
    clock,
    log,
    async addUser({ login, tool = 'dev', account = login, timeZone, country, isAdmin = false }) {
      const settings = { name: account, timeZone: timeZone ?? null, country: country ?? null };
      const added = await store.accounts.addUser(
        { tool, login, passwordHash, isAdmin, account: settings },
        clock.nowMs,
      );
      if (!added.ok) throw new Error(`user ${login}: ${added.error.kind}`);
      return added.value.user;
    },
    async addKey(user, { isStrict = false } = {}) {
      const key = newIngestKey();
      await store.keys.add({ user, sha256: sha256Of(key), hint: keyHint(key), label: '', isStrict }, clock.nowMs);
      return key;
    },
    async logIn({ tool, login }) {
      const body = new URLSearchParams({ tool, login, password: testPassword });
      const response = await fetch(`${address}/api/auth`, { method: 'POST', body });
      const given: { login: string; password: string } = JSON.parse(await response.text());
      return `Basic ${Buffer.from(`${given.login}:${given.password}`).toString('base64')}`;
    },
    send: (key, documents) =>
      fetch(`${address}/ingest/v1/calls`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(documents),
      }),
    async close() {
      await server.close();
      if (kept === undefined) rmSync(folder, { recursive: true });
    },
  };
}
