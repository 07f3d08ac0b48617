import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollupNames, storedRollup } from '../../src/domain/rollups.ts';
import type { User } from '../../src/store/access-store.ts';
import type { RecordedCall } from '../../src/store/call-store.ts';
import type { Store } from '../../src/store/store.ts';
import { callWith, visit } from '../data/calls.ts';
import { newPostgresDatabase, type PostgresDatabase } from '../postgres/database.ts';
import { daysOfOwner, recompute, record, recorded, senderOf } from './recorded-calls.ts';
import { addUser, freshDatabase, openFor } from './subject.ts';

/** A store with calls that have a row in every rollup. Each test leaves it whole. */
let database: PostgresDatabase;
let store: Store;
let ann: User;

const fullCall = callWith({
  caller: '+16175550101',
  callerRegion: 'US-MA',
  end: { reason: 'caller_hangup', durationMs: 60_000 },
  events: [visit('main.php/menu/choice'), { kind: 'pageLoad', page: 'main.php', durationMs: 45, isCached: false }],
});

beforeAll(async () => {
  database = await newPostgresDatabase();
  store = await database.open();
  ann = await addUser(store);
  await record(store, senderOf(ann), [recorded(fullCall), recorded({ ...fullCall, id: 'c-2' })]);
  // Somebody else's, in which nothing is ever wrong.
  await record(store, senderOf(await addUser(store)), [recorded(fullCall)]);
});

afterAll(async () => {
  await store.close();
  await database.remove();
});

const differences = async () => {
  const { differences: count, examples } = await store.calls.verify(recompute);
  expect(examples.length).toBe(count);
  return examples.map(({ rollup, stored, expected }) => ({ rollup, stored, expected }));
};

const rowsOf = (table: string) =>
  database.run(`SELECT to_jsonb(t) AS content FROM ${table} t ORDER BY to_jsonb(t)::text COLLATE "C"`);

const inAccount = () => `account_id = ${ann.account.accountId}`;

/** Whatever was done to a table, it is as it was. */
async function expectRepaired(table: string, before: readonly unknown[]): Promise<void> {
  expect(await store.calls.rebuild(recompute)).toEqual({ documents: 3 });
  expect(await rowsOf(table)).toEqual(before);
  expect(await differences()).toEqual([]);
}

const tables = [
  ...rollupNames.map((name) => ({ table: String(name), counter: storedRollup(name).counters[0] ?? '' })),
  { table: 'owner_days', counter: 'calls' },
];

const hashedTables = rollupNames
  .filter((name) => storedRollup(name).key.includes('application'))
  .map((table) => ({ table }));

describe('damage to the sums', () => {
  it.each(tables)('of $table is found by verify and repaired by rebuild', async ({ table, counter }) => {
    const before = await rowsOf(table);
    const own = await database.run(`SELECT 1 FROM ${table} WHERE ${inAccount()}`);
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(before.length);

    await database.run(`UPDATE ${table} SET ${counter} = ${counter} + 1 WHERE ${inAccount()}`);
    const changed = await differences();
    expect(changed.map(({ rollup }) => rollup)).toEqual(own.map(() => table));
    for (const { stored, expected } of changed) {
      expect(stored).toEqual(expected?.map((value, index) => (index === 0 ? value + 1 : value)));
    }
    await expectRepaired(table, before);

    await database.run(`DELETE FROM ${table} WHERE ${inAccount()}`);
    const missing = await differences();
    expect(missing.map(({ rollup, stored }) => [rollup, stored])).toEqual(own.map(() => [table, null]));
    await expectRepaired(table, before);

    const moved = table === 'owner_days' ? 'owner_id = owner_id + 1000' : `phone = phone || '0'`;
    await database.run(`UPDATE ${table} SET ${moved} WHERE ${inAccount()}`);
    const strange = await differences();
    expect(strange.filter(({ expected }) => expected === null).length).toBe(own.length);
    expect(strange.filter(({ stored }) => stored === null).length).toBe(own.length);
    await expectRepaired(table, before);
  });

  it('is told with the key of the row, behind the account', async () => {
    await database.run(`UPDATE item_days SET visits = 7 WHERE ${inAccount()}`);
    const { documents, examples } = await store.calls.verify(recompute);
    expect(documents).toBe(3);
    const key = [ann.account.accountId, fullCall.phone, 17_569, fullCall.application, 'main.php', 'menu', 'choice'];
    expect(examples.map(({ rollup, key, stored, expected }) => [rollup, key, stored?.[0], expected?.[0]])).toEqual([
      ['item_days', key, 7, 2],
    ]);
    await store.calls.rebuild(recompute);
  });

  it.each(hashedTables)(
    'of $table is found where a name is not the one that its hash stands for',
    async ({ table }) => {
      const before = await rowsOf(table);
      await database.run(`UPDATE ${table} SET application = 'other' WHERE ${inAccount()}`);
      const { examples } = await store.calls.verify(recompute);
      const own = before.length / 2;
      expect(examples.filter(({ expected, key }) => expected === null && key.includes('other')).length).toBe(own);
      expect(examples.filter(({ stored, key }) => stored === null && key.includes(fullCall.application)).length).toBe(
        own,
      );
      await expectRepaired(table, before);

      await database.run(`UPDATE ${table} SET key_hash = gen_random_uuid() WHERE ${inAccount()}`);
      const strange = await differences();
      expect(strange.filter(({ expected }) => expected === null).length).toBe(own);
      expect(strange.filter(({ stored }) => stored === null).length).toBe(own);
      await expectRepaired(table, before);
    },
  );

  it('is found in the first row, the last, and wherever the rows are read in several goes', async () => {
    const rows = `SELECT ${ann.account.accountId}, '+16173990000', day, 'x' || day, 1`;
    await database.run(`INSERT INTO caller_days ${rows} FROM generate_series(-4500, 4500) day`);
    const { differences: count, examples, rows: found } = await store.calls.verify(recompute);
    expect(count).toBe(9001);
    expect(examples.length).toBe(100);
    await store.calls.rebuild(recompute);
    expect((await store.calls.verify(recompute)).rows).toBe(found - 9001);
  });

  it('is not repaired by half: a rebuild that fails changes nothing of the account', async () => {
    const before = await daysOfOwner(store, ann);
    let documents = 0;
    const failing = store.calls.rebuild((account, document, number) => {
      documents += 1;
      if (documents === 2) throw new Error('this document is broken');
      return recompute(account, document, number);
    });
    await expect(failing).rejects.toThrow(
      `call c-2 of account ${ann.account.name} cannot be read: this document is broken`,
    );
    expect(await daysOfOwner(store, ann)).toEqual(before);
    expect(await differences()).toEqual([]);
  });

  it('of what a document has added is repaired by rebuild, and the document can be replaced again', async () => {
    await database.run(`UPDATE document_bodies SET applied = 'nonsense'`);
    const corrected = recorded(callWith({ revision: 1 }));
    await expect(record(store, senderOf(ann), [corrected])).rejects.toThrow();
    await store.calls.rebuild(recompute);
    expect(await record(store, senderOf(ann), [corrected])).toEqual(['replaced']);
    expect(await differences()).toEqual([]);
    expect(await daysOfOwner(store, ann)).toMatchObject({ 17569: { calls: 2, call_ms: 60_000 } });
  });
});

/** A store of its own with a user, for what cannot be repaired. */
async function freshUser() {
  const fresh = await newPostgresDatabase();
  await freshDatabase(async () => fresh);
  const opened = await openFor(fresh);
  const user = await addUser(opened);
  const take = (...calls: readonly RecordedCall[]) => record(opened, senderOf(user), calls);
  return { fresh, opened, user, take };
}

const many = (count: number): readonly RecordedCall[] =>
  Array.from({ length: count }, (_, index) => recorded(callWith({ id: `c-${index}` })));

describe('a document that is missing', () => {
  it.each([
    { name: 'is gone', damage: `DELETE FROM document_bodies WHERE call_id = 'c-1'` },
    {
      name: 'is in another month',
      damage: `UPDATE document_bodies SET month = 1 WHERE call_id = 'c-1'`,
    },
  ])('is named by verify, rebuild and whoever would replace it, if it $name', async ({ damage }) => {
    const { fresh, opened, user, take } = await freshUser();
    await take(...many(5));
    const before = await daysOfOwner(opened, user);
    await fresh.run(damage);
    const message = `call c-1 of account ${user.account.accountId} has no document in the database`;
    await expect(opened.calls.verify(recompute)).rejects.toThrow(message);
    await expect(opened.calls.rebuild(recompute)).rejects.toThrow(message);
    await expect(take(recorded(callWith({ id: 'c-1', revision: 1 })))).rejects.toThrow(message);
    expect(await daysOfOwner(opened, user)).toEqual(before);
    // Others can still be taken.
    expect(await take(recorded(callWith({ id: 'c-2', revision: 1 })))).toEqual(['replaced']);
  });

  it('is named also where another one is there twice', async () => {
    const { fresh, opened, user, take } = await freshUser();
    await take(...many(3), recorded(callWith({ id: 'later', startedAtMs: Date.UTC(2018, 2, 7) })));
    await fresh.run(`DELETE FROM document_bodies WHERE call_id = 'c-1'`);
    await fresh.run(`INSERT INTO document_bodies
      SELECT account_id, month + 1, call_id, phone, started_at_ms, document, applied FROM document_bodies WHERE call_id = 'c-2'`);
    const message = `call c-1 of account ${user.account.accountId} has no document in the database`;
    await expect(opened.calls.verify(recompute)).rejects.toThrow(message);
    await expect(opened.calls.rebuild(recompute)).rejects.toThrow(message);
  });

  it('of which an old copy was left in another month is no document of that month', async () => {
    const { fresh, opened, take } = await freshUser();
    await take(...many(3), recorded(callWith({ id: 'later', startedAtMs: Date.UTC(2018, 2, 7) })));
    await fresh.run(`INSERT INTO document_bodies
      SELECT account_id, month + 1, call_id, phone, started_at_ms, '{}', 'nonsense' FROM document_bodies WHERE call_id = 'c-2'`);
    const again = [callWith({ id: 'c-2', revision: 1 }), callWith({ id: 'later', revision: 1 })];
    expect(await take(...again.map((call) => recorded(call)))).toEqual(['replaced', 'replaced']);
    expect((await opened.calls.verify(recompute)).differences).toBe(0);
    expect(await opened.calls.rebuild(recompute)).toEqual({ documents: 4 });
  });
});

describe('the documents of a month', () => {
  const at = (id: string, time: string, revision = 0) =>
    recorded(callWith({ id, revision, startedAtMs: Temporal.Instant.from(time).epochMilliseconds }));

  /** By call, the partitions in which its documents are. */
  async function placesIn(fresh: PostgresDatabase): Promise<Readonly<Record<string, readonly string[]>>> {
    const rows = await fresh.run(
      'SELECT call_id, tableoid::regclass::text AS place FROM document_bodies ORDER BY 2, 1',
    );
    const byCall = Map.groupBy(rows, ({ call_id }) => `${call_id}`);
    return Object.fromEntries(
      Array.from(byCall, ([id, found]) => [id, found.map(({ place }) => `${place}`.replace('document_bodies_', ''))]),
    );
  }

  it('have a partition of their own, and those of a century ago or to come are in the default one', async () => {
    const { fresh, opened, take } = await freshUser();
    await take(
      at('january', '2018-01-31T23:59:59.999Z'),
      at('february', '2018-02-01T00:00:00Z'),
      at('old', '1998-02-01T00:00:00Z'),
      at('older', '1998-01-31T23:59:59.999Z'),
      at('ancient', '1918-02-07T00:00:00Z'),
      at('first', '0001-01-02T00:00:00Z'),
      at('ahead', '2018-04-30T23:59:59.999Z'),
      at('far ahead', '2018-05-01T00:00:00Z'),
      at('last', '9999-12-30T00:00:00Z'),
    );
    expect(await placesIn(fresh)).toEqual({
      january: ['2018_01'],
      february: ['2018_02'],
      old: ['1998_02'],
      older: ['default'],
      ancient: ['default'],
      first: ['default'],
      ahead: ['2018_04'],
      'far ahead': ['default'],
      last: ['default'],
    });
    expect(await opened.calls.verify(recompute)).toMatchObject({ documents: 9, differences: 0 });
  });

  it('are left by a call that moves to another one, whatever it shares a batch with', async () => {
    const { fresh, opened, user, take } = await freshUser();
    const months = ['1918-02-07', '2018-01-07', '2018-02-07', '2017-12-07'].map((day) => `${day}T12:00:00Z`);
    const ids = ['a', 'b', 'c', 'd'];
    // Each goes to where another one comes from.
    for (const round of [0, 1, 2, 3, 4]) {
      await take(...ids.map((id, index) => at(id, months[(index + round) % 4] ?? '', round)));
      const places = await placesIn(fresh);
      const want = ['default', '2018_01', '2018_02', '2017_12'];
      expect(places).toEqual(Object.fromEntries(ids.map((id, index) => [id, [want[(index + round) % 4]]])));
    }
    // Twice in one batch, and back again.
    await take(at('a', months[1] ?? '', 8), at('a', months[2] ?? '', 9), at('a', months[1] ?? '', 9));
    expect((await placesIn(fresh))['a']).toEqual(['2018_01']);
    expect(await opened.calls.verify(recompute)).toMatchObject({ documents: 4, differences: 0 });
    expect(Object.values(await daysOfOwner(opened, user)).map(({ calls }) => calls)).toEqual([1, 2, 1]);
  });

  it('get one partition where several servers and accounts need it at the same time', async () => {
    const { fresh, opened } = await freshUser();
    const stores = [opened, await openFor(fresh), await openFor(fresh), await openFor(fresh)];
    const users = await Promise.all(stores.map((each) => addUser(each)));
    const months = Array.from({ length: 12 }, (_, month) => `2017-${String(month + 1).padStart(2, '0')}-07T00:00:00Z`);
    const outcomes = await Promise.all(
      stores.flatMap((each, index) =>
        months.map((time) => {
          const user = users[index];
          return user === undefined ? [] : record(each, senderOf(user), [at(time, time)]);
        }),
      ),
    );
    expect(outcomes.flat()).toEqual(Array.from({ length: 48 }, () => 'stored'));
    const places = await placesIn(fresh);
    expect(places).toEqual(
      Object.fromEntries(
        months.map((time) => [time, Array.from({ length: 4 }, () => time.slice(0, 7).replace('-', '_'))]),
      ),
    );
    expect(await opened.calls.verify(recompute)).toMatchObject({ documents: 48, differences: 0 });
  });
});
