import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { addAccount, addKey } from './account.ts';
import { type Bench, type Section, serverFlags } from './bench.ts';
import { type IngestDocument, ingestDocuments } from './documents.ts';
import { type Comparison, compare, runRounds, type Work } from './figures.ts';
import { batchSize, ingestRequests, requireStored } from './ingest-requests.ts';
import { sendAll } from './load.ts';
import type { PlainInsert } from './plain-insert.ts';
import { takePeakMemoryMiB, withCpu } from './process-usage.ts';
import { comparisonTable, figure, memoryLine, type PeakMemory } from './table.ts';
import { VoxgaugeServer } from './voxgauge.ts';

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
  await requireStored(bench, (plan.rounds + 1) * plan.documentsPerRound);
  const means = meansOf(ingestDocuments(0, plan.documentsPerRound));
  return { text: textOf(compare(rounds), { memory, ...means }), versions: {} };
}

/** All of the documents; the time ends when the last is acknowledged. */
async function sendDocuments(server: VoxgaugeServer, key: string, documents: readonly IngestDocument[]): Promise<Work> {
  const requests = ingestRequests(documents, key);
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
