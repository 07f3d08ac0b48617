import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCalls } from '../../src/demo/demo-calls.ts';
import { rollupNames } from '../../src/domain/rollups.ts';
import { controlTables } from '../../src/store/transfer-store.ts';
import { propertyRuns } from '../data/property-runs.ts';
import { callDocument as anyDocument } from '../openapi/arbitrary-documents.ts';
import { newPostgresDatabase, type PostgresDatabase } from '../postgres/database.ts';
import { addUserWithKey, callDocuments, callsIn, dayOfCalls, logIn, ndjson, report, send } from './client.ts';
import { Workplace } from './workplace.ts';

const place = new Workplace();
let postgres: PostgresDatabase;
let key: string;
/** A token that reads reports. */
let token: { readonly token?: string };

/** Calls of a demo, so many a day. */
const demo = (days: number, callsPerDay: number) => [
  ...demoCalls({ seed: 7, until: Temporal.Instant.from('2026-05-04T12:00:00Z'), days, timeZone: 'UTC', callsPerDay }),
];

beforeAll(async () => {
  postgres = await newPostgresDatabase();
  key = await addUserWithKey(place.data, 'plum');
  const password = { stdin: 'correct horse battery staple' };
  await place.output(['user', 'add', '--login', 'fig', '--account', 'plum', '--password-stdin'], password);
  await place.output(['user', 'add', '--login', 'sloe', '--time-zone', 'Asia/Kolkata', '--password-stdin'], password);
  const arbitrary = fc.sample(anyDocument, { ...propertyRuns(400) });
  place.write('arbitrary.ndjson', ndjson(arbitrary));
  place.write('demo.ndjson', ndjson(demo(40, 20)));
  await place.run(['import', 'calls', 'arbitrary.ndjson', 'demo.ndjson', '--login', 'plum']);
  await place.run(['import', 'calls', 'demo.ndjson', '--login', 'sloe']);
  await place.output(['number', 'share', '+16173990000', '--login', 'plum', '--with', 'fig']);
  token = Object(await place.json(['token', 'add', '--login', 'fig', '--label', 'for “bi”']));
});
afterAll(async () => {
  await place.remove();
  await postgres.remove();
});

const sqlite = (name: string) => `sqlite:${place.path(name)}`;

interface Summary {
  readonly documents: number;
  readonly rejects: number;
  readonly verified_documents: number;
  readonly compared_reports: number;
  readonly differing_reports: readonly string[];
  readonly is_source_busy: boolean;
}

const copy = async (from: string, to: string): Promise<Summary> =>
  JSON.parse(await place.output(['copy', '--from', from, '--to', to, '--json']));

/** Everything of a SQLite store but quotas and what is packed, in one order. */
function contentOf(folder: string): Readonly<Record<string, readonly string[]>> {
  const documents = 'account_id, call_id, revision, phone, started_at_ms, stored_at_ms, document, applied';
  const selects = [...controlTables, ...rollupNames, 'owner_days', 'rejects', 'retention'].map(
    (table) => [table, '*'] as const,
  );
  return Object.fromEntries(
    [...selects, ['documents', documents] as const].map(([table, columns]) => {
      const where = table === 'imports' ? `WHERE source <> 'voxgauge copy'` : '';
      const rows = place.rows(`SELECT ${columns} FROM ${table} ${where}`, folder);
      return [table, rows.map((row) => JSON.stringify(row)).sort()];
    }),
  );
}

describe('a copy', () => {
  it('from SQLite to PostgreSQL and back has everything that there was, to the byte', async () => {
    const [{ documents = 0, rejects = 0 } = {}] = place.rows(
      'SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM rejects) AS rejects',
    );
    expect(Number(rejects)).toBeGreaterThan(20);
    const there = await copy('sqlite', postgres.url);
    expect(there).toMatchObject({ documents, rejects, verified_documents: documents, is_source_busy: false });
    expect(there.compared_reports).toBeGreaterThan(20);
    const back = await copy(postgres.url, sqlite('back'));
    expect(back).toMatchObject({ documents, rejects, verified_documents: documents, differing_reports: [] });
    expect(contentOf(place.path('back'))).toEqual(contentOf(place.data));
  });

  it('goes on with what has changed since when it is run again', async () => {
    expect(await copy('sqlite', postgres.url)).toMatchObject({ documents: 0, rejects: 0, differing_reports: [] });
    const changed = demo(1, 20).map((document) => ({ ...document, revision: 1, labels: { new: 'yes' } }));
    place.write('changed.ndjson', ndjson(changed));
    await place.output(['import', 'calls', 'changed.ndjson', '--login', 'plum']);
    await place.output(['number', 'give', '+16173990000', '--login', 'plum', '--to', 'fig']);
    await place.output(['user', 'disable', '--login', 'sloe', '--leave-no-admin']);
    await place.output(['rejects', 'drop', '--all', '--login', 'plum']);
    const there = await copy('sqlite', postgres.url);
    expect(there).toMatchObject({ documents: changed.length, differing_reports: [] });
    expect(there.rejects).toBeGreaterThan(0);
    await copy(postgres.url, sqlite('back'));
    expect(contentOf(place.path('back'))).toEqual(contentOf(place.data));
  });

  it('works as the store did: keys, logins and tokens are known, and new ones get ids of their own', async () => {
    for (const environment of [{ VOXGAUGE_STORE: postgres.url }, { VOXGAUGE_DATA: place.path('back') }]) {
      const server = await place.serve([], { environment });
      expect((await send(server.address, key, callDocuments(3, 'after'))).status).toBe(200);
      const { authorization } = await logIn(server.address, { login: 'fig' });
      // The number is of fig now.
      const { text } = await report(server.address, authorization, dayOfCalls);
      expect(callsIn(text)).toBeGreaterThanOrEqual(3);
      const reports = `${server.address}/api/v2/report?metrics=calls&start=2018-02-07&end=2018-02-07`;
      const asked = await fetch(reports, { headers: { authorization: `Bearer ${token.token}` } });
      expect(asked.status).toBe(200);
      server.signal('SIGTERM');
      await server.ended;
      const added = await place.json(['key', 'add', '--login', 'plum'], { environment });
      expect(added).toMatchObject({ id: 2 });
    }
  });

  it('that was used since is not written to again', async () => {
    for (const to of [postgres.url, sqlite('back')]) {
      const again = await place.run(['copy', '--from', 'sqlite', '--to', to]);
      expect(again).toMatchObject({ code: 1, stdout: '' });
      expect(again.stderr).toMatch(/has taken calls of its own since it was copied; name an empty store in --to\n$/);
    }
  });

  it('that was killed goes on where it was', async () => {
    const database = await newPostgresDatabase();
    place.write('many.ndjson', ndjson(demo(10, 3000)));
    const environment = { VOXGAUGE_DATA: place.path('many') };
    await addUserWithKey(place.path('many'), 'plum');
    await place.output(['import', 'calls', 'many.ndjson', '--login', 'plum'], { environment });
    const [{ documents = 0 } = {}] = place.rows('SELECT count(*) AS documents FROM documents', place.path('many'));
    const done = async () => {
      const rows = await database.run(`SELECT documents_done FROM imports`).catch(() => []);
      return Number(rows[0]?.['documents_done'] ?? 0);
    };
    const killed = place.start(['copy', '--from', sqlite('many'), '--to', database.url]);
    while ((await done()) < 4000) await new Promise((resolve) => setTimeout(resolve, 10));
    killed.signal('SIGKILL');
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });
    // The database goes on with what it was told to commit.
    const [left] = await database.run('SELECT count(*)::int AS documents FROM documents');
    const { documents: rest } = await copy(sqlite('many'), database.url);
    expect(Number(left?.['documents'])).toBeLessThan(Number(documents));
    expect(rest).toBeLessThanOrEqual(Number(documents) - Number(left?.['documents']));
    expect(rest).toBeGreaterThan(0);
    const back = await copy(database.url, sqlite('many-back'));
    expect(back).toMatchObject({ documents, verified_documents: documents, differing_reports: [] });
    expect(contentOf(place.path('many-back'))).toEqual(contentOf(place.path('many')));
    await database.remove();
  }, 120_000);

  it('is made while the source takes calls, and complete when it is run once more', async () => {
    const data = place.path('busy');
    const busyKey = await addUserWithKey(data, 'plum');
    const server = await place.serve([], { environment: { VOXGAUGE_DATA: data } });
    expect((await send(server.address, busyKey, callDocuments(500, 'first'))).status).toBe(200);
    let hasEnded = false;
    const sender = async (name: number) => {
      for (let count = 0; !hasEnded; count += 1) {
        const documents = [...callDocuments(5, `${name}-${count}`), ...callDocuments(2, 'again')].map((document) => ({
          ...document,
          phone: `617399${String(count % 50).padStart(4, '0')}`,
          revision: count,
        }));
        expect((await send(server.address, busyKey, documents)).status).toBe(200);
      }
    };
    const senders = [sender(0), sender(1)];
    const meanwhile = await place.run(['copy', '--from', sqlite('busy'), '--to', sqlite('busy-copy')]);
    const busy = `sqlite:${data} is still taking calls: stop its servers, and run this command once more\n`;
    expect(meanwhile.stderr).toContain(busy);
    hasEnded = true;
    await Promise.all(senders);
    server.signal('SIGTERM');
    await server.ended;
    const last = await copy(sqlite('busy'), sqlite('busy-copy'));
    expect(last).toMatchObject({ differing_reports: [] });
    expect(contentOf(place.path('busy-copy'))).toEqual(contentOf(data));
  }, 120_000);
});

describe('a store that has dropped documents', () => {
  it('is copied with the figures of that time: into an earlier copy, into a new store and back', async () => {
    const environment = { VOXGAUGE_DATA: place.path('old') };
    const database = await newPostgresDatabase();
    await addUserWithKey(place.path('old'), 'plum');
    await place.output(['import', 'calls', 'demo.ndjson', '--login', 'plum'], { environment });
    await copy(sqlite('old'), sqlite('old-copy'));
    await place.output(['retention', 'drop', '--before', '2026-05'], { environment });
    const [{ documents = 0 } = {}] = place.rows('SELECT count(*) AS documents FROM documents', place.path('old'));
    expect(Number(documents)).toBeLessThan(200);
    // A call of the first hours of the month counts among the days whose sums are final.
    place.write(
      'first.ndjson',
      ndjson([{ ...callDocuments(1, 'first')[0], started_at: '2026-05-01T01:00:00Z', ended_at: null }]),
    );
    await place.output(['import', 'calls', 'first.ndjson', '--login', 'plum'], { environment });
    for (const to of [sqlite('old-copy'), database.url]) {
      expect(await copy(sqlite('old'), to)).toMatchObject({ differing_reports: [], is_source_busy: false });
      expect(await copy(sqlite('old'), to)).toMatchObject({ documents: 0, differing_reports: [] });
    }
    await copy(database.url, sqlite('old-back'));
    for (const name of ['old-copy', 'old-back']) {
      expect(contentOf(place.path(name))).toEqual(contentOf(place.path('old')));
      expect(await place.json(['verify'], { environment: { VOXGAUGE_DATA: place.path(name) } })).toMatchObject({
        differences: 0,
      });
    }
    await database.remove();
  });
});

describe('a store whose drop of documents was interrupted', () => {
  it('is copied without those that are gone, however many of them stand between others', async () => {
    const database = await newPostgresDatabase();
    const environment = { VOXGAUGE_STORE: database.url };
    await place.output(['user', 'add', '--login', 'plum', '--password-stdin'], {
      environment,
      stdin: 'a long password',
    });
    const kept = (id: string) => ({ ...callDocuments(1, id)[0], started_at: '2018-03-10T12:00:00Z', ended_at: null });
    const files = { first: [kept('first')], gone: callDocuments(4200, 'gone'), last: [kept('last')] };
    for (const [name, documents] of Object.entries(files)) {
      place.write(`${name}.ndjson`, ndjson(documents));
      await place.output(['import', 'calls', `${name}.ndjson`, '--login', 'plum'], { environment });
    }
    // As it is when the partitions are gone, and what is known of their calls is still there.
    await database.run('INSERT INTO retention VALUES (1, 578)');
    await database.run('DROP TABLE document_bodies_2018_02');
    for (const documents of [2, 0]) {
      expect(await copy(database.url, sqlite('interrupted'))).toMatchObject({
        documents,
        verified_documents: 2,
        differing_reports: [],
        is_source_busy: false,
      });
    }
    const sums = 'SELECT sum(calls)::int AS calls FROM number_days';
    const [{ calls } = {}] = place.rows(sums.replace('::int', ''), place.path('interrupted'));
    expect([{ calls }]).toEqual(await database.run(sums));
    expect(calls).toBe(4202);
    await database.remove();
  });
});

describe('a copy is refused', () => {
  it.each([
    {
      name: 'where a store cannot be read',
      words: ['--from', 'sqlite', '--to', 'postgres://me:secret@host'],
      code: 2,
      said: /^voxgauge: --to must be "sqlite", .*, got something that is not shown, for it may hold a password\n$/,
    },
    {
      name: 'from a store to itself',
      words: ['--from', 'sqlite', '--to', 'sqlite:data'],
      code: 2,
      said: /^voxgauge: --from and --to name the same store; name another one in --to\n$/,
    },
    {
      name: 'from a folder without a store',
      words: ['--from', 'sqlite:nowhere', '--to', 'sqlite:new'],
      code: 1,
      said: /^voxgauge: the folder nowhere that --from names cannot be used: there is no database in it\n$/,
    },
    {
      name: 'from a database that does not answer',
      words: ['--from', 'postgres://me:secret@127.0.0.1:1/x', '--to', 'sqlite:new'],
      code: 1,
      said: /the database that --from names cannot be used: the database 127\.0\.0\.1:1\/x cannot be used now: .*\n$/,
    },
  ])('$name', async ({ words, code, said }) => {
    const refused = await place.run(['copy', ...words]);
    expect(refused).toMatchObject({ code, stdout: '' });
    expect(refused.stderr).toMatch(said);
    expect(refused.stderr).not.toContain('secret');
  });

  it('where the target has something else, and leaves it as it is', async () => {
    await addUserWithKey(place.path('other'), 'quince');
    const onto = await place.run(['copy', '--from', 'sqlite', '--to', 'sqlite:other']);
    expect(onto).toMatchObject({ code: 1, stdout: '' });
    expect(onto.stderr).toBe(
      'voxgauge: sqlite:other has an account quince that no copy has put there; name an empty store in --to\n',
    );
    await copy(sqlite('other'), sqlite('other-copy'));
    const before = contentOf(place.path('other-copy'));
    const mixed = await place.run(['copy', '--from', 'sqlite', '--to', 'sqlite:other-copy']);
    expect(mixed).toMatchObject({ code: 1, stdout: '' });
    expect(mixed.stderr).toMatch(
      /^voxgauge: sqlite:other-copy has an account quince that sqlite:.*data has not: it is a copy of another store, or was used since; name an empty store in --to\n$/,
    );
    expect(contentOf(place.path('other-copy'))).toEqual(before);
  });

  it('where the target has dropped documents that the source keeps', async () => {
    await place.output(['import', 'calls', 'demo.ndjson', '--login', 'quince'], {
      environment: { VOXGAUGE_DATA: place.path('other') },
    });
    await copy(sqlite('other'), sqlite('dropped'));
    const drop = (name: string, month: string) =>
      place.output(['retention', 'drop', '--before', month], { environment: { VOXGAUGE_DATA: place.path(name) } });
    const refused = async (said: string) => {
      const before = contentOf(place.path('dropped'));
      const again = await place.run(['copy', '--from', 'sqlite:other', '--to', 'sqlite:dropped']);
      expect(again).toMatchObject({ code: 1, stdout: '' });
      expect(again.stderr).toBe(`voxgauge: sqlite:dropped has dropped the calls of before 2026-05, and ${said}\n`);
      expect(contentOf(place.path('dropped'))).toEqual(before);
    };
    await drop('dropped', '2026-05');
    await refused('sqlite:other keeps them all; name another store in --to');
    await drop('other', '2026-04');
    await refused('sqlite:other keeps them from 2026-04 on; name another store in --to');
    await drop('other', '2026-05');
    expect(await copy(sqlite('other'), sqlite('dropped'))).toMatchObject({ documents: 0, differing_reports: [] });
  });

  it('while a server works in the target', async () => {
    const database = await newPostgresDatabase();
    const targets = [
      { environment: { VOXGAUGE_DATA: place.path('served') }, to: 'sqlite:served' },
      { environment: { VOXGAUGE_STORE: database.url }, to: database.url },
    ];
    for (const { environment, to } of targets) {
      const server = await place.serve([], { environment });
      const refused = await place.run(['copy', '--from', 'sqlite', '--to', to]);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(
        /^voxgauge: the .* that --to names cannot be used: (a server|servers) or another copy works? in/,
      );
      server.signal('SIGTERM');
      await server.ended;
    }
    await database.remove();
  });
});
