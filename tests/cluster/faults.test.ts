import { Client } from 'pg';
import { describe, expect, inject, it, type TestContext } from 'vitest';
import { newHex32, newIngestKey, sha256Of } from '../../src/secrets/tokens.ts';
import type { User } from '../../src/store/access-store.ts';
import { openPostgres } from '../../src/store/postgres/open.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { callWith } from '../data/calls.ts';
import { call } from '../http/ingest/call.ts';
import { newPostgresDatabase, type PostgresDatabase } from '../postgres/database.ts';
import { daysOfNumber, recompute, record, recorded, senderOf } from '../store/recorded-calls.ts';
import { addUser, nowMs, unique } from '../store/subject.ts';
import { type Answered, answered, postCalls } from './client.ts';
import { poll, until } from './polling.ts';
import { type AppProcess, runCommand, startApp } from './processes.ts';
import { type FaultyNetwork, startProxy } from './proxy.ts';

/** Longer than anybody is ever kept waiting: what is not answered by then is taken to wait for ever. */
const endlessMs = 25_000;
const phone = '+16173990000';
const day = 17_569;

type Finish = TestContext['onTestFinished'];

async function newDatabase(onEnd: Finish, serverUrl?: string): Promise<PostgresDatabase> {
  const database = await newPostgresDatabase(serverUrl);
  onEnd(() => database.remove());
  return database;
}

async function newProxy(onEnd: Finish, { url }: PostgresDatabase): Promise<FaultyNetwork> {
  const proxy = await startProxy(url);
  onEnd(() => proxy.close());
  return proxy;
}

async function openStore(onEnd: Finish, url: string, connections = 2): Promise<Store> {
  const store = await openPostgres({ url, connections, observer: { committed: () => {} }, nowMs });
  onEnd(() => store.close());
  return store;
}

function newApp(onEnd: Finish, url: string, settings: Readonly<Record<string, string>> = {}): AppProcess {
  const app = startApp(url, settings);
  onEnd(() => app.kill());
  return app;
}

/** A session of somebody else's. */
async function newSession(onEnd: Finish, url: string): Promise<Client> {
  const client = new Client(url);
  client.on('error', () => {});
  await client.connect();
  onEnd(() => client.end());
  return client;
}

interface Owner {
  readonly user: User;
  readonly key: string;
  readonly authorization: string;
}

/** A user with a key and temporary credentials, past the server. */
async function newOwner({ url }: PostgresDatabase): Promise<Owner> {
  const store = await openPostgres({ url, connections: 1, observer: { committed: () => {} }, nowMs });
  const user = await addUser(store);
  const [key, login, password] = [newIngestKey(), newHex32(), newHex32()];
  await store.keys.add({ user, sha256: sha256Of(key), hint: '', label: '', isStrict: false }, nowMs);
  await store.access.addCredential({ login, userId: user.userId, passwordSha256: sha256Of(password) }, Date.now());
  await store.close();
  return { user, key, authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}` };
}

/** The server as its users meet it; what is not answered in bounded time is null. */
class Users {
  readonly #address: string;
  readonly #owner: Owner;

  constructor(address: string, owner: Owner) {
    this.#address = address;
    this.#owner = owner;
  }

  send(id = unique('call')): Promise<Answered | null> {
    const body = JSON.stringify(call({ id, phone }));
    return postCalls(this.#address, this.#owner.key, { type: 'application/json', body }, endlessMs);
  }

  ask(): Promise<Answered | null> {
    const { authorization } = this.#owner;
    return this.#get('/api/volume/20180101/20180131/day/ALL', { headers: { authorization } });
  }

  live = () => this.#get('/health/live');
  ready = () => this.#get('/health/ready');

  /** All that needs the database. */
  async everything(): Promise<readonly (Answered | null)[]> {
    return Promise.all([this.send(), this.ask(), this.ready()]);
  }

  /** Waits until all of it works again, and keeps doing so. */
  async recovered(): Promise<void> {
    await until(async () => (await this.everything()).every((answer) => answer?.status === 200));
    for (const answer of await this.everything()) expect(answer).toMatchObject({ status: 200 });
  }

  #get(path: string, init: RequestInit = {}): Promise<Answered | null> {
    return answered(`${this.#address}${path}`, { ...init, signal: AbortSignal.timeout(endlessMs) });
  }
}

const taken = { status: 200 } as const;
const tryAgain = { status: 503, retryAfter: '1' } as const;

describe.concurrent('a database that is not there', () => {
  const secret = 'never-to-be-said';
  const withPassword = (url: string, password: string) => Object.assign(new URL(url), { password }).href;

  it('is waited for by a server, which says so and then serves', async ({ onTestFinished }) => {
    const proxy = await newProxy(onTestFinished, await newDatabase(onTestFinished));
    await proxy.refuse();
    const app = newApp(onTestFinished, proxy.url);
    await until(() => app.said().includes('\n'));
    const { port } = new URL(proxy.url);
    expect(app.said()).toContain(
      `voxgauge: waiting: the database 127.0.0.1:${port}/postgres cannot be used now: connect ECONNREFUSED 127.0.0.1:${port}\n`,
    );
    await proxy.accept();
    expect(await answered(`${await app.listening}/health/ready`)).toMatchObject(taken);
  });

  it('is given up by a command, with a message that has no password in it', async ({ onTestFinished }) => {
    const proxy = await newProxy(onTestFinished, await newDatabase(onTestFinished));
    await proxy.refuse();
    const { code, stdout, stderr } = await runCommand(withPassword(proxy.url, secret), ['user', 'list']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const [last] = stderr.trimEnd().split('\n').slice(-1);
    const { port } = new URL(proxy.url);
    expect(last).toBe(
      `voxgauge: the database 127.0.0.1:${port}/postgres cannot be used now: connect ECONNREFUSED 127.0.0.1:${port}; VOXGAUGE_STORE says where it is, and with which login`,
    );
    expect(stderr).not.toContain(secret);
  });

  it('is given up by a command too when it takes the connection and says nothing', async ({ onTestFinished }) => {
    const proxy = await newProxy(onTestFinished, await newDatabase(onTestFinished));
    proxy.swallow('toServer');
    const { code, stderr } = await runCommand(withPassword(proxy.url, secret), ['user', 'list']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^voxgauge: the database .* cannot be used now: .*timeout.*; VOXGAUGE_STORE says/m);
    expect(stderr).not.toContain(secret);
  });

  const wrong = [
    [
      'with a wrong password',
      (url: string) => withPassword(url, secret),
      'password authentication failed for user "postgres"',
    ],
    [
      'by a wrong name',
      (url: string) => Object.assign(new URL(url), { pathname: '/nowhere' }).href,
      'database "nowhere" does not exist',
    ],
  ] as const;

  it.for(wrong)('is not waited for %s', async ([, change, reason]) => {
    const url = change(inject('postgresUrl'));
    const app = startApp(url);
    const command = await runCommand(url, ['user', 'list']);
    expect({ app: await app.exited, command: command.code }).toEqual({ app: 1, command: 1 });
    for (const said of [app.said(), command.stderr]) {
      expect(said).toMatch(/^voxgauge: the database 127\.0\.0\.1:.* cannot be used now: .*\n$/);
      expect(said).toContain(reason);
      expect(said).not.toContain(secret);
    }
  });
});

describe.concurrent('a connection that breaks while a document is stored', () => {
  const callOf = (revision: number) =>
    recorded(callWith({ id: 'c-1', revision, phone, end: { reason: 'unknown', durationMs: 1000 + revision } }));

  it('makes no difference, wherever it does', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const proxy = await newProxy(onTestFinished, database);
    const store = await openStore(onTestFinished, proxy.url);
    const ann = await addUser(store);
    await record(store, senderOf(ann), [callOf(0)]);
    let revision = 0;
    for (const isForwarded of [true, false]) {
      for (const pieces of [0, 1, 2, 3, 4]) {
        revision += 1;
        proxy.breakAt({ statement: 'BEGIN ISOLATION LEVEL READ COMMITTED', pieces, isForwarded });
        // Beyond the pieces that a transaction has, what breaks is the next one.
        expect(await record(store, senderOf(ann), [callOf(revision)])).toEqual([
          expect.stringMatching(/^(replaced|unchanged)$/),
        ]);
        expect(await daysOfNumber(store, ann, phone)).toEqual({ [day]: { calls: 1, call_ms: 1000 + revision } });
      }
    }
    expect(proxy.breaks()).toBe(10);
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: 1, differences: 0 });
  });

  it.for([
    ['before the database has heard of its commit', false, 'stored'],
    ['after the commit, of which nobody heard', true, 'unchanged'],
  ] as const)('%s has it stored once', async ([, isForwarded, outcome], { onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const proxy = await newProxy(onTestFinished, database);
    const store = await openStore(onTestFinished, proxy.url);
    const ann = await addUser(store);
    // The month has its partition by then, whose commit is none of the document's.
    await record(store, senderOf(ann), [recorded(callWith({ id: 'c-0', phone }))]);
    proxy.breakAt({ statement: 'COMMIT', pieces: 0, isForwarded });
    expect(await record(store, senderOf(ann), [callOf(0)])).toEqual([outcome]);
    expect(proxy.breaks()).toBe(1);
    expect(await daysOfNumber(store, ann, phone)).toEqual({ [day]: { calls: 2, call_ms: 1000 } });
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: 2, differences: 0 });
  });

  it('leaves open whether what must not be done twice was done, and does it once', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const proxy = await newProxy(onTestFinished, database);
    const store = await openStore(onTestFinished, proxy.url);
    const ann = await addUser(store);
    const key = { user: ann, sha256: 'sha', hint: '', label: '', isStrict: false };
    proxy.breakAt({ statement: 'COMMIT', pieces: 0, isForwarded: true });
    await expect(store.keys.add(key, nowMs)).rejects.toThrow(StoreUnavailable);
    expect(await store.keys.list()).toHaveLength(1);
    proxy.breakAt({ statement: 'BEGIN ISOLATION LEVEL READ COMMITTED', pieces: 0, isForwarded: true });
    await store.keys.add({ ...key, sha256: 'other' }, nowMs);
    expect(await store.keys.list()).toHaveLength(2);
  });

  it('is not noticed by a sender, however often all connections are cut', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const owner = await newOwner(database);
    const proxy = await newProxy(onTestFinished, database);
    const app = newApp(onTestFinished, proxy.url);
    const users = new Users(await app.listening, owner);
    for (let turn = 0; turn < 20; turn += 1) {
      const sending = Promise.all([users.send(), users.send(), users.ask()]);
      proxy.cut();
      for (const answer of await sending) expect(answer).toMatchObject(taken);
    }
    expect(app.said()).toBe('');
  });
});

describe.concurrent('a transaction that PostgreSQL ends', () => {
  it('is done again when it was chosen to end a deadlock', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const store = await openStore(onTestFinished, database.url);
    const ann = await addUser(store);
    const { accountId } = ann.account;
    await record(store, senderOf(ann), [recorded(callWith({ id: 'c-1', phone }))]);
    const other = await newSession(onTestFinished, database.url);
    // Whoever first finds that it waits in a ring is ended: not this one.
    await other.query(`SET deadlock_timeout = '60s'; BEGIN`);
    await other.query('SELECT 1 FROM documents WHERE account_id = $1 FOR UPDATE', [accountId]);
    const recording = record(store, senderOf(ann), [recorded(callWith({ id: 'c-1', phone, revision: 1 }))]);
    const {
      rows: [own],
    } = await other.query('SELECT pg_backend_pid() AS pid');
    await until(
      async () =>
        (await database.run(`SELECT 1 FROM pg_stat_activity WHERE ${own?.pid} = ANY(pg_blocking_pids(pid))`)).length >
        0,
    );
    // It is held by the other side until that one is ended.
    await other.query('SELECT 1 FROM tenants WHERE account_id = $1 FOR UPDATE', [accountId]);
    await other.query('COMMIT');
    expect(await recording).toEqual(['replaced']);
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: 1, differences: 0 });
  });

  /** What a statement fails with where no other way leads to it, by a trigger of the test. */
  const failing = (code: string, times: number) => `
    CREATE SEQUENCE failures;
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('failures') <= ${times} THEN RAISE EXCEPTION 'made by the test' USING ERRCODE = '${code}'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER fail BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION fail()`;

  it.for([
    ['40001', 'a serialization failure'],
    ['40P01', 'a deadlock'],
  ] as const)('is done again after %s, %s', async ([code], { onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const store = await openStore(onTestFinished, database.url);
    const ann = await addUser(store);
    await database.run(failing(code, 3));
    expect(await record(store, senderOf(ann), [recorded(callWith({ id: 'c-1', phone }))])).toEqual(['stored']);
    expect(await daysOfNumber(store, ann, phone)).toEqual({ [day]: { calls: 1 } });
  });

  it('is not done again where a disk is full, and whoever sent it is told to', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const owner = await newOwner(database);
    const app = newApp(onTestFinished, database.url);
    const users = new Users(await app.listening, owner);
    await database.run(failing('53100', 1));
    expect(await users.send('c-1')).toMatchObject(tryAgain);
    expect(await users.ask()).toMatchObject(taken);
    expect(await users.send('c-1')).toMatchObject(taken);
  });
});

describe.concurrent('a database that can only be read', () => {
  it('is no reason to fail but to try again, and needs no restart when it is over', async ({ onTestFinished }) => {
    const name = `read_only_${newHex32()}`;
    const admin = await newSession(onTestFinished, inject('postgresUrl'));
    await admin.query(`CREATE DATABASE ${name}`);
    onTestFinished(async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    });
    const serverUrl = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href;
    const database = await newPostgresDatabase(serverUrl);
    const owner = await newOwner(database);
    const app = newApp(onTestFinished, database.url);
    const users = new Users(await app.listening, owner);
    await users.recovered();
    const failOver = async (isReadOnly: boolean) => {
      await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${isReadOnly}`);
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    };
    await failOver(true);
    for (const answer of await users.everything()) expect(answer).toMatchObject(tryAgain);
    await until(() => app.log().includes('can only be read'));
    expect(await users.live()).toMatchObject(taken);
    // Nobody ends the connections that were made meanwhile: they stay read-only.
    await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = false`);
    await users.recovered();
  });
});

describe.concurrent('connections that are all taken', () => {
  it('keep nobody waiting for ever, and let others live', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const [ann, bob] = [await newOwner(database), await newOwner(database)];
    const app = newApp(onTestFinished, database.url, { VOXGAUGE_STORE_CONNECTIONS: '1' });
    const address = await app.listening;
    const [first, second] = [new Users(address, ann), new Users(address, bob)];
    await first.recovered();
    const other = await newSession(onTestFinished, database.url);
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM tenants WHERE account_id = $1 FOR UPDATE', [ann.user.account.accountId]);
    // One waits for the account, one behind it, and one for a connection.
    const sending = [first.send(), first.send(), second.send()];
    expect(await second.ask()).toMatchObject(taken);
    expect(await first.live()).toMatchObject(taken);
    for (const answer of await Promise.all(sending)) expect(answer).toMatchObject(tryAgain);
    await other.query('LOCK TABLE ingest_keys, credentials, quotas IN ACCESS EXCLUSIVE MODE');
    const asking = [first.send(), second.send(), first.ask(), second.ask()];
    expect(await first.live()).toMatchObject(taken);
    for (const answer of await Promise.all(asking)) expect(answer).toMatchObject(tryAgain);
    await other.query('COMMIT');
    await Promise.all([first.recovered(), second.recovered()]);
  });

  it('of a login that may have no more of them are no reason to fail either', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const owner = await newOwner(database);
    const login = `limited_${newHex32()}`;
    const [row] = await database.run('SELECT current_schema() AS schema');
    await database.run(`
      CREATE ROLE ${login} LOGIN PASSWORD 'secret';
      GRANT ALL ON SCHEMA ${row?.['schema']} TO ${login};
      GRANT ALL ON ALL TABLES IN SCHEMA ${row?.['schema']} TO ${login};
      GRANT ALL ON ALL SEQUENCES IN SCHEMA ${row?.['schema']} TO ${login};
      ALTER TABLE document_bodies OWNER TO ${login}`);
    onTestFinished(async () => {
      await database.run(`REASSIGN OWNED BY ${login} TO CURRENT_USER; DROP OWNED BY ${login}; DROP ROLE ${login}`);
    });
    const url = Object.assign(new URL(database.url), { username: login, password: 'secret' }).href;
    const app = newApp(onTestFinished, url);
    const users = new Users(await app.listening, owner);
    await users.recovered();
    await database.run(`ALTER ROLE ${login} CONNECTION LIMIT 0`);
    await database.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${login}'`);
    for (const answer of await users.everything()) expect(answer).toMatchObject(tryAgain);
    await database.run(`ALTER ROLE ${login} CONNECTION LIMIT -1`);
    await users.recovered();
  });
});

describe.concurrent('a database that hangs', () => {
  it.for(['toServer', 'toClient'] as const)(
    'is given up in time, and found again without a restart, where bytes %s get lost',
    async (direction, { onTestFinished }) => {
      const database = await newDatabase(onTestFinished);
      const owner = await newOwner(database);
      const proxy = await newProxy(onTestFinished, database);
      const app = newApp(onTestFinished, proxy.url);
      const users = new Users(await app.listening, owner);
      await users.recovered();
      proxy.swallow(direction);
      const asked = [users.everything(), users.everything()];
      expect(await users.live()).toMatchObject(taken);
      for (const answer of (await Promise.all(asked)).flat()) expect(answer).toMatchObject(tryAgain);
      proxy.heal();
      await users.recovered();
      // Nor does it keep a server from stopping.
      proxy.swallow(direction);
      expect(await app.stop()).toBe(0);
    },
  );

  it('in the middle of a transaction too', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const proxy = await newProxy(onTestFinished, database);
    const store = await openPostgres({
      url: proxy.url,
      connections: 1,
      limits: { changeMs: 500 },
      observer: { committed: () => {} },
      nowMs,
    });
    onTestFinished(() => store.close());
    const ann = await addUser(store);
    await record(store, senderOf(ann), [recorded(callWith({ id: 'c-0', phone }))]);
    const other = await newSession(onTestFinished, database.url);
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM tenants FOR UPDATE');
    const batch = { calls: [recorded(callWith({ id: 'c-1', phone }))], rejects: [], timeZone: ann.account.timeZone };
    const recording = store.calls.record(senderOf(ann), batch, nowMs);
    const behind = store.calls.record(senderOf(ann), batch, nowMs);
    for (const outcome of await Promise.all([recording, behind]))
      expect(outcome).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    await other.query('COMMIT');
    expect(
      await poll(
        () => store.calls.record(senderOf(ann), batch, nowMs),
        ({ ok }) => ok,
        endlessMs,
      ),
    ).toEqual({ ok: true, value: ['stored'] });
  });
});

describe.concurrent('a server whose connection to the database was gone', () => {
  /** Ends the connection over which a server shows that it is at work. */
  const cutPresence = (database: PostgresDatabase) =>
    database.run(`
      SELECT pg_terminate_backend(pid) FROM pg_locks
      WHERE locktype = 'advisory' AND objid = (hashtext('servers ' || current_schema())::bigint & 4294967295)::oid`);

  it('ends where a newer version has changed the schema meanwhile', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const app = newApp(onTestFinished, database.url);
    await app.listening;
    await database.run(`INSERT INTO migrations VALUES (1000, '1000-of-tomorrow.sql', 'x', 0)`);
    expect((await cutPresence(database)).length).toBe(1);
    expect(await app.exited).toBe(1);
    expect(app.said()).toContain('a newer version of Voxgauge has changed the schema of the database');
  });

  it('goes on where nothing has changed, and shows itself again, once', async ({ onTestFinished }) => {
    const database = await newDatabase(onTestFinished);
    const app = newApp(onTestFinished, database.url);
    await app.listening;
    for (let times = 0; times < 3; times += 1) {
      const cut = await poll(
        () => cutPresence(database),
        (ended) => ended.length > 0,
        endlessMs,
      );
      expect(cut.length).toBe(1);
    }
    expect(app.hasDied()).toBe(false);
    expect(await app.stop()).toBe(0);
  });
});
