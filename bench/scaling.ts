import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DayRange } from '../src/domain/buckets.ts';
import type { User } from '../src/store/access-store.ts';
import { openStore, type StorePlace } from '../src/store/open.ts';
import type { Store } from '../src/store/store.ts';
import type { Bench, Section } from './bench.ts';
import { median } from './figures.ts';
import { connectTo, startPostgres } from './postgres-server.ts';
import { addUser, askedPhone, callsOver90Days, lastDay, readerFor, recordAll } from './stored-calls.ts';
import { figure, markdownTable } from './table.ts';

/** How much of what there is. */
interface Size {
  readonly calls: number;
  readonly numbers: number;
  readonly accounts: number;
}

const factors = [1, 10, 100] as const;

/** One thing grows, the others stay as they are. */
function growing({ isQuick }: Bench): readonly { readonly name: string; readonly sizes: readonly Size[] }[] {
  const unit = isQuick ? 100 : 5000;
  const grow = (sizeAt: (factor: number) => Size) => factors.map(sizeAt);
  return [
    { name: 'calls', sizes: grow((factor) => ({ calls: unit * factor, numbers: 40, accounts: 1 })) },
    { name: 'numbers', sizes: grow((factor) => ({ calls: unit * 10, numbers: 40 * factor, accounts: 1 })) },
    { name: 'accounts', sizes: grow((factor) => ({ calls: unit * 10, numbers: 40, accounts: factor })) },
  ];
}

/** A kind of store, with a place of its own for each measurement. */
interface Engine {
  readonly name: string;
  readonly newPlace: () => Promise<{ readonly place: StorePlace; readonly bytes: () => Promise<number> }>;
}

/** What a call and a report cost, as the work grows a hundredfold. VOXGAUGE_BENCH_CITUS names an empty database of a cluster to measure too. */
export async function benchScaling(bench: Bench): Promise<Section> {
  const server = await startPostgres(join(bench.folder, 'postgres'), bench.cleanup);
  const engines = [sqliteEngine(bench), await postgresEngine('PostgreSQL', server.url, bench)];
  const citus = process.env['VOXGAUGE_BENCH_CITUS'];
  if (citus !== undefined) engines.push(await postgresEngine('Citus', citus, bench));
  const rows: string[][] = [];
  for (const engine of engines) {
    for (const { name, sizes } of growing(bench)) {
      for (const [index, size] of sizes.entries()) {
        bench.say(`(f) ${engine.name}, ${name} ×${factors[index]}`);
        rows.push([
          engine.name,
          `${name} ×${factors[index]}`,
          ...sizeCells(size),
          ...(await measure(engine, size, bench)),
        ]);
      }
    }
  }
  return { text: textOf(rows), versions: { PostgreSQL: server.version } };
}

const sizeCells = ({ calls, numbers, accounts }: Size): string[] =>
  [calls, numbers, accounts].map((each) => figure(each));

function sqliteEngine(bench: Bench): Engine {
  let made = 0;
  return {
    name: 'SQLite',
    async newPlace() {
      made += 1;
      const folder = join(bench.folder, `sqlite-${made}`);
      mkdirSync(folder);
      const bytes = async () => readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
      return { place: { kind: 'sqlite', folder }, bytes };
    },
  };
}

async function postgresEngine(name: string, url: string, { cleanup }: Bench): Promise<Engine> {
  const admin = await connectTo(url, cleanup);
  let made = 0;
  return {
    name,
    async newPlace() {
      made += 1;
      const schema = `bench_${made}`;
      await admin.query(`CREATE SCHEMA ${schema}`);
      const placed = new URL(url);
      placed.searchParams.set('options', `-c search_path=${schema},public`);
      return {
        place: { kind: 'postgres', url: placed.href, connections: 8 },
        bytes: async () => Number((await admin.query(bytesIn(name), [schema])).rows[0]?.bytes),
      };
    },
  };
}

const bytesIn = (name: string): string => `
  SELECT sum(${name === 'Citus' ? 'coalesce(citus_total_relation_size(c.oid, false), pg_total_relation_size(c.oid))' : 'pg_total_relation_size(c.oid)'})::bigint AS bytes
  FROM pg_class c WHERE relnamespace = $1::regnamespace AND relkind = 'r'`;

async function measure(engine: Engine, size: Size, bench: Bench): Promise<string[]> {
  const { place, bytes } = await engine.newPlace();
  const store = await openStore(place, { observer: { committed: () => {} }, nowMs: Date.now() });
  try {
    const { users, elapsedMs } = await fill(store, size);
    const stored = await store.calls.count();
    if (stored !== size.calls) throw new Error(`${size.calls} calls were to be stored, and ${stored} were`);
    const bytesPerCall = (await bytes()) / size.calls;
    const reports = await readReports(store, users, bench);
    return [(1000 * size.calls) / elapsedMs, bytesPerCall, ...reports].map(figure);
  } finally {
    await store.close();
  }
}

/** What is read at a time: documents take memory, and reading them is no part of what is measured. */
const readAtOnce = 20_000;

async function fill(store: Store, { calls, numbers, accounts }: Size) {
  const users: User[] = [];
  for (let index = 0; index < accounts; index += 1) users.push(await addUser(store, `account-${index}`));
  const sources = await Promise.all(
    users.map(async (user, index) => {
      const seed = index;
      return { user, read: await readerFor(user), left: callsOver90Days(calls / accounts, { numbers, seed }) };
    }),
  );
  let elapsedMs = 0;
  for (let isLeft = true; isLeft; ) {
    const chunks = sources.map(({ user, read, left }) => ({
      user,
      calls: nextOf(left, readAtOnce / accounts).map(read),
    }));
    isLeft = chunks.some((chunk) => chunk.calls.length > 0);
    const startMs = performance.now();
    await Promise.all(chunks.map((chunk) => recordAll(store, chunk.user, chunk.calls)));
    elapsedMs += performance.now() - startMs;
  }
  return { users, elapsedMs };
}

/** The next of them; what comes after stays for the next time, which it would not with `take`. */
function nextOf<T>(source: Iterator<T>, count: number): readonly T[] {
  const taken: T[] = [];
  for (let next = source.next(); !next.done; next = source.next()) {
    taken.push(next.value);
    if (taken.length === count) break;
  }
  return taken;
}

/** Median latencies of the store, in ms: 8 days of one number, 90 days of all, distinct callers of all by month. */
async function readReports(store: Store, users: readonly User[], { isQuick }: Bench): Promise<readonly number[]> {
  const last = Temporal.PlainDate.from('1970-01-01').until(lastDay).days;
  const week: DayRange = { first: last - 7, last };
  const quarter: DayRange = { first: last - 89, last };
  const months = [0, 30, 60].map((day) => ({ first: quarter.first + day, last: quarter.first + day + 29 }));
  const one = { kind: 'one', phone: askedPhone } as const;
  const owned = ({ userId }: User) => ({ kind: 'owned', ownerId: userId }) as const;
  const asks: readonly ((user: User, accountId: number) => Promise<unknown>)[] = [
    (_, accountId) => store.calls.days({ accountId, numbers: one, days: week }),
    (user, accountId) => store.calls.days({ accountId, numbers: owned(user), days: quarter }),
    (user, accountId) =>
      store.calls.report({
        accountId,
        numbers: owned(user),
        sums: [],
        callers: [{ ranges: months, by: 'all' }],
        mostRows: 0,
      }),
  ];
  const medians: number[] = [];
  for (const [index, ask] of asks.entries()) medians.push(await medianOf(users, ask, index < 2 && !isQuick ? 300 : 15));
  return medians;
}

async function medianOf(
  users: readonly User[],
  ask: (user: User, accountId: number) => Promise<unknown>,
  times: number,
): Promise<number> {
  const latencies: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const user = users[index % users.length];
    if (user === undefined) throw new RangeError('nobody is there to ask');
    const startMs = performance.now();
    await ask(user, user.account.accountId);
    latencies.push(performance.now() - startMs);
  }
  return median(latencies.slice(Math.floor(times / 10)));
}

function textOf(rows: readonly (readonly string[])[]): string {
  const columns = [
    'store',
    'what grows',
    'calls:',
    'numbers:',
    'accounts:',
    'calls/s:',
    'bytes on disk/call:',
    '8 days, one number, ms:',
    '90 days, all numbers, ms:',
    'callers of 3 months, all numbers, ms:',
  ];
  return [
    '## (f) As the work grows',
    'At the port of the store, in one process with the bench, PostgreSQL on the same cores. Calls over 90 days, in batches of 500, eight at a time for each account; latencies are medians of one question after the other, each for the next account. Numbers are of each account, and with them grows what there is to add to: days × numbers × applications.',
    markdownTable(columns, rows),
  ].join('\n\n');
}
