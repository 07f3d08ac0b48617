import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { liveNumbers } from '../src/demo/live-calls.ts';
import type { User } from '../src/store/access-store.ts';
import { openStore } from '../src/store/open.ts';
import { type Account, addAccount, addKey, logIn } from './account.ts';
import type { Bench, Section } from './bench.ts';
import { ingestDocuments, ndjsonOf, spreadCalls } from './documents.ts';
import { addKnown, median } from './figures.ts';
import { HttpConnection, requestBytes } from './http-connection.ts';
import { batchSize, ingestRequests, requireStored } from './ingest-requests.ts';
import { sendAll } from './load.ts';
import { connectTo, startPostgres } from './postgres-server.ts';
import { cpuMsOf, cpuMsOfChildren } from './process-usage.ts';
import { addUser, readerFor, recordAll, recordEach } from './stored-calls.ts';
import { figure, markdownTable } from './table.ts';
import { runVoxgauge, VoxgaugeServer } from './voxgauge.ts';

const connections = 8;
const leastPerSecond = 15_000;
const mostReportMs = 3;
const [phone = ''] = liveNumbers(1);
const question = `/api/performance/20260223/20260302/day/${phone}`;

interface Plan {
  readonly rounds: number;
  readonly documents: number;
  readonly asks: number;
  readonly calls: { readonly lastDay: string; readonly days: number; readonly callsPerHour: number };
}

const planOf = ({ isQuick }: Bench): Plan => ({
  rounds: isQuick ? 2 : 7,
  documents: isQuick ? 8000 : 24_000,
  asks: isQuick ? 200 : 3000,
  calls: { lastDay: '2026-03-02', days: 120, callsPerHour: isQuick ? 3 : 30 },
});

/** The same work on PostgreSQL, whose server has the same two cores. */
export async function benchPostgres(bench: Bench): Promise<Section> {
  const { url, version, pid } = await startPostgres(join(bench.folder, 'postgres'), bench.cleanup);
  const newDatabase = await databaseMaker(url, bench);
  const plan = planOf(bench);
  const atStore = await ingestIntoStore(bench, { url: await newDatabase(), plan, pid });
  const oneByOne = await ingestOneByOne(bench, { url: await newDatabase(), plan, pid });
  const overHttp = new Map<number, OverHttp>();
  for (const servers of [1, 2]) {
    overHttp.set(servers, await ingestOverHttp({ ...bench, store: await newDatabase() }, { servers, plan }));
  }
  const reports = await askForReports({ ...bench, store: await newDatabase() }, plan);
  return { text: textOf({ atStore, oneByOne, overHttp, reports }), versions: { PostgreSQL: version } };
}

async function databaseMaker(url: string, { cleanup }: Bench): Promise<() => Promise<string>> {
  const admin = await connectTo(url, cleanup);
  let made = 0;
  return async () => {
    made += 1;
    await admin.query(`CREATE DATABASE bench_${made}`);
    const database = new URL(url);
    database.pathname = `/bench_${made}`;
    return database.href;
  };
}

interface IntoStore {
  /** Median of the rounds. */
  readonly perSecond: number;
  /** Of PostgreSQL, for a document. */
  readonly cpuMicros: number | null;
  /** Of the write-ahead log, for a document. */
  readonly logBytes: number;
}

interface StoreTarget {
  readonly url: string;
  readonly plan: Plan;
  readonly pid: number;
}

/** From documents that are read to their acknowledgement. */
async function ingestIntoStore(bench: Bench, { url, plan, pid }: StoreTarget): Promise<IntoStore> {
  const admin = await connectTo(url, bench.cleanup);
  const logBytes = async () =>
    Number((await admin.query(`SELECT pg_current_wal_lsn() - '0/0' AS bytes`)).rows[0]?.bytes);
  const options = { observer: { committed: () => {} }, nowMs: Date.now() };
  const store = await openStore({ kind: 'postgres', url, connections: 4 }, options);
  const user = await addUser(store, 'bench');
  const read = await readerFor(user);
  const rates: number[] = [];
  let cpuMs: number | null = 0;
  const startBytes = await logBytes();
  for (let seed = 0; seed <= plan.rounds; seed += 1) {
    bench.say(`(e) into the store, round ${seed} of ${plan.rounds}`);
    const calls = ingestDocuments(seed, plan.documents).map(({ json }) => read(json));
    const before = cpuMsOfChildren(pid);
    rates.push((1000 * calls.length) / (await recordAll(store, user, calls)));
    const after = cpuMsOfChildren(pid);
    cpuMs = before === null || after === null || cpuMs === null ? null : cpuMs + after - before;
  }
  const documents = (plan.rounds + 1) * plan.documents;
  const written = (await logBytes()) - startBytes;
  await store.close();
  const cpuMicros = cpuMs === null ? null : (1000 * cpuMs) / documents;
  return { perSecond: median(rates.slice(1)), cpuMicros, logBytes: written / documents };
}

const accounts = 100;

/** A call a transaction, as it comes where accounts are many and batches small: each account's calls one after the other. */
async function ingestOneByOne(bench: Bench, { url, plan, pid }: StoreTarget): Promise<Omit<IntoStore, 'logBytes'>> {
  bench.say('(e) into the store, call by call');
  const options = { observer: { committed: () => {} }, nowMs: Date.now() };
  const store = await openStore({ kind: 'postgres', url, connections: 4 }, options);
  const users: User[] = [];
  for (let index = 0; index < accounts; index += 1) users.push(await addUser(store, `account-${index}`));
  const documents = ingestDocuments(0, plan.documents / 4);
  const share = documents.length / accounts;
  const senders = await Promise.all(
    users.map(async (user, index) => {
      const read = await readerFor(user);
      return { user, calls: documents.slice(index * share, (index + 1) * share).map(({ json }) => read(json)) };
    }),
  );
  const before = cpuMsOfChildren(pid);
  const startMs = performance.now();
  await Promise.all(senders.map(({ user, calls }) => recordEach(store, user, calls)));
  const elapsedMs = performance.now() - startMs;
  const after = cpuMsOfChildren(pid);
  await store.close();
  const cpuMicros = before === null || after === null ? null : (1000 * (after - before)) / documents.length;
  return { perSecond: (1000 * documents.length) / elapsedMs, cpuMicros };
}

interface OverHttp {
  readonly perSecond: number;
  /** Of the servers, for a document. */
  readonly cpuMicros: number | null;
}

/** The same over HTTP, through one server or several. */
async function ingestOverHttp(bench: Bench, { servers, plan }: { servers: number; plan: Plan }): Promise<OverHttp> {
  const folder = join(bench.folder, `servers-${servers}`);
  mkdirSync(folder);
  const place = { ...bench, folder };
  const key = await addKey(place, await addAccount(place));
  const running: VoxgaugeServer[] = [];
  for (let index = 0; index < servers; index += 1) running.push(await VoxgaugeServer.start(place));
  const cpu = () => running.reduce<number | null>((sum, { pid }) => addKnown(sum, cpuMsOf(pid)), 0);
  const startCpuMs = cpu();
  const rates: number[] = [];
  for (let seed = 0; seed <= plan.rounds; seed += 1) {
    bench.say(`(e) over HTTP, ${servers} servers, round ${seed} of ${plan.rounds}`);
    const requests = ingestRequests(ingestDocuments(seed, plan.documents), key);
    const startMs = performance.now();
    await Promise.all(
      running.map(({ address }, index) =>
        sendAll(
          address,
          requests.filter((_, place) => place % servers === index),
          connections / servers,
        ),
      ),
    );
    rates.push((1000 * plan.documents) / (performance.now() - startMs));
  }
  const documents = (plan.rounds + 1) * plan.documents;
  const endCpuMs = cpu();
  for (const server of running) await server[Symbol.asyncDispose]();
  await requireStored(place, documents);
  const cpuMicros = startCpuMs === null || endCpuMs === null ? null : (1000 * (endCpuMs - startCpuMs)) / documents;
  return { perSecond: median(rates.slice(1)), cpuMicros };
}

interface Latencies {
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** One question after the other, the quota and the login of each included. */
async function askForReports(bench: Bench, { asks, calls }: Plan): Promise<Latencies> {
  const account = await addAccount(bench);
  bench.say('(e) storing calls to report on');
  await runVoxgauge(bench, ['import', 'calls', '-', '--login', account.login], ndjsonOf(spreadCalls(calls)));
  const server = await VoxgaugeServer.start(bench);
  const latencies = await latenciesOf(server.address, account, asks);
  await server[Symbol.asyncDispose]();
  const sorted = latencies.toSorted((left, right) => left - right);
  return { medianMs: median(sorted), p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN };
}

async function latenciesOf(address: string, account: Account, asks: number): Promise<readonly number[]> {
  const authorization = await logIn(address, account);
  const request = requestBytes({ method: 'GET', path: question, headers: { authorization } });
  const connection = await HttpConnection.open(address);
  const latencies: number[] = [];
  for (let index = 0; index < asks; index += 1) {
    const startMs = performance.now();
    const { status, body } = await connection.send(request);
    latencies.push(performance.now() - startMs);
    if (status !== 200) throw new Error(`${question} was answered with ${status}: ${body}`);
  }
  connection.close();
  // The first ones find nothing prepared yet.
  return latencies.slice(Math.floor(asks / 10));
}

interface Measured {
  readonly atStore: IntoStore;
  readonly oneByOne: Omit<IntoStore, 'logBytes'>;
  readonly overHttp: ReadonlyMap<number, OverHttp>;
  readonly reports: Latencies;
}

const micros = (value: number | null): string => (value === null ? 'not measured here' : `${figure(value)} µs`);

function textOf({ atStore, oneByOne, overHttp, reports }: Measured): string {
  const { medianMs, p99Ms } = reports;
  const target = (text: string, isReached: boolean) => `${text}: ${isReached ? 'reached' : 'missed'}`;
  const least = `≥ ${figure(leastPerSecond)}/s`;
  const rows = [
    ['documents into the store', `${figure(atStore.perSecond)}/s`, target(least, atStore.perSecond >= leastPerSecond)],
    ['CPU time of PostgreSQL for each', micros(atStore.cpuMicros), ''],
    ['write-ahead log for each', `${figure(atStore.logBytes)} bytes`, ''],
    [`documents into the store, one a transaction, ${accounts} accounts`, `${figure(oneByOne.perSecond)}/s`, ''],
    ['CPU time of PostgreSQL for each', micros(oneByOne.cpuMicros), ''],
    ...Array.from(overHttp, ([servers, { perSecond, cpuMicros }]) => [
      `documents over HTTP, ${servers === 1 ? 'one server' : `${servers} servers`}`,
      `${figure(perSecond)}/s, ${micros(cpuMicros)} of CPU time of the ${servers === 1 ? 'server' : 'servers'} each`,
      target(least, perSecond >= leastPerSecond),
    ]),
    [
      '`performance`, 8 days, one number, over HTTP',
      `${figure(medianMs)} ms median, ${figure(p99Ms)} ms p99`,
      target(`≤ ${mostReportMs} ms`, medianMs <= mostReportMs),
    ],
  ];
  return [
    '## (e) PostgreSQL on the same machine',
    `The bench, the servers and PostgreSQL share the cores. Documents of one account in batches of ${batchSize}, ${connections} at a time, acknowledged when they are durable; into the store they come as \`Store.calls.record\` is given them, read and with what they contribute. Reports one after the other.`,
    markdownTable(['', 'measured:', 'target'], rows),
  ].join('\n\n');
}
