import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { addAccount, addKey } from './account.ts';
import { type Bench, type Section, serverFlags } from './bench.ts';
import { type IngestDocument, ingestDocuments } from './documents.ts';
import { type Comparison, compare, runRounds, type Work } from './figures.ts';
import { requestBytes } from './http-connection.ts';
import { sendAll } from './load.ts';
import type { PlainInsert } from './plain-insert.ts';
import { takePeakMemoryMiB, withCpu } from './process-usage.ts';
import { comparisonTable, figure, memoryLine, type PeakMemory } from './table.ts';
import { type Place, runVoxgauge, VoxgaugeServer } from './voxgauge.ts';

const batchSize = 500;
const connections = 8;
const leastRatio = 0.3;

interface Plan {
  readonly rounds: number;
  readonly documentsPerRound: number;
}

const planOf = ({ isQuick }: Bench): Plan =>
  isQuick ? { rounds: 3, documentsPerRound: 12_000 } : { rounds: 9, documentsPerRound: 24_000 };

/** Documents over HTTP, against a plain INSERT of the same JSON texts. */
export async function benchIngest(bench: Bench): Promise<Section> {
  const { folder, cleanup, say } = bench;
  const key = await addKey(bench, await addAccount(bench));
  const server = await VoxgaugeServer.start(bench, serverFlags(bench));
  const plain = fork(join(import.meta.dirname, 'plain-insert.ts'), [folder]);
  cleanup.defer(() => void plain.kill());
  const startPeakMiB = takePeakMemoryMiB(server.pid);
  const plan = planOf(bench);
  const rounds = await runRounds(plan.rounds, async (seed) => {
    say(`(b) round ${seed} of ${plan.rounds}`);
    const count = plan.documentsPerRound;
    return {
      ours: await sendDocuments(server, key, ingestDocuments(seed, count)),
      other: await insertPlainly(plain, { seed, count, batchSize }),
    };
  });
  const memory = { startPeakMiB, loadPeakMiB: takePeakMemoryMiB(server.pid) };
  await server[Symbol.asyncDispose]();
  await verify(bench, (plan.rounds + 1) * plan.documentsPerRound);
  const means = meansOf(ingestDocuments(0, plan.documentsPerRound));
  return { text: textOf(compare(rounds), { memory, ...means }), versions: {} };
}

/** All of the documents; the time ends when the last is acknowledged. */
async function sendDocuments(server: VoxgaugeServer, key: string, documents: readonly IngestDocument[]): Promise<Work> {
  const requests = Array.from({ length: documents.length / batchSize }, (_, index) => {
    const batch = documents.slice(index * batchSize, (index + 1) * batchSize);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = `[${batch.map(({ json }) => json).join(',')}]`;
    return requestBytes({ method: 'POST', path: '/ingest/v1/calls', headers, body });
  });
  const { bodies, ...used } = await withCpu(server.pid, () => sendAll(server.address, requests, connections));
  const summaries = bodies.map((body): { readonly stored: number } => JSON.parse(body));
  const short = summaries.find(({ stored }) => stored !== batchSize);
  if (short !== undefined) throw new Error(`a batch was not stored whole: ${JSON.stringify(short)}`);
  return { count: documents.length, ...used };
}

async function insertPlainly(child: ChildProcess, task: PlainInsert): Promise<Work> {
  child.send(task);
  const [work] = await once(child, 'message');
  return work;
}

/** What was acknowledged must be there, and counted. */
async function verify(place: Place, expected: number): Promise<void> {
  const report: { documents: number; differences: number } = JSON.parse(await runVoxgauge(place, ['verify', '--json']));
  if (report.documents === expected && report.differences === 0) return;
  throw new Error(`${expected} documents were acknowledged, but verify reports ${JSON.stringify(report)}`);
}

interface Means {
  readonly jsonBytes: number;
  readonly events: number;
}

function meansOf(documents: readonly IngestDocument[]): Means {
  const mean = (sizeOf: (document: IngestDocument) => number) =>
    documents.reduce((sum, document) => sum + sizeOf(document), 0) / documents.length;
  const eventsOf = (json: string): number => JSON.parse(json).events.length;
  return { jsonBytes: mean(({ json }) => Buffer.byteLength(json)), events: mean(({ json }) => eventsOf(json)) };
}

function textOf(compared: Comparison, { memory, jsonBytes, events }: Means & { readonly memory: PeakMemory }): string {
  return [
    '## (b) Ingest over HTTP',
    `Documents, acknowledged when they are durable, in batches of ${batchSize} over ${connections} connections, against a plain \`INSERT\` of the same ` +
      `texts into SQLite (rowid table, unique index on the id, WAL, \`synchronous=FULL\`, transactions of ${batchSize}). ` +
      `A document has ${figure(jsonBytes)} bytes and ${events.toFixed(1)} events on average.`,
    comparisonTable({ unit: 'documents', other: 'plain `INSERT`' }, [{ name: '', compared, leastRatio }]),
    memoryLine(memory),
  ].join('\n\n');
}
