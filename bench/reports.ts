import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { liveNumbers } from '../src/demo/live-calls.ts';
import { type Account, addAccount, logIn } from './account.ts';
import type { BareAnswers } from './bare-server.ts';
import { type Bench, type Section, serverFlags } from './bench.ts';
import { callCount, ndjsonOf, numberCount, spreadCalls } from './documents.ts';
import { type Comparison, compare, runRounds } from './figures.ts';
import { requestBytes } from './http-connection.ts';
import { sendRepeatedly } from './load.ts';
import { takePeakMemoryMiB, withCpu } from './process-usage.ts';
import { comparisonTable, figure, memoryLine, type PeakMemory } from './table.ts';
import { runVoxgauge, VoxgaugeServer } from './voxgauge.ts';

const [phone = ''] = liveNumbers(1);
const questions = [
  { name: 'one number, 8 days', path: `/api/performance/20260223/20260302/day/${phone}`, leastRatio: 0.35 },
  {
    name: `ALL of ${numberCount} numbers, 8 days`,
    path: '/api/performance/20260223/20260302/day/ALL',
    leastRatio: null,
  },
  {
    name: `ALL of ${numberCount} numbers, 90 days`,
    path: '/api/performance/20251203/20260302/day/ALL',
    leastRatio: 0.1,
  },
] as const;
type Question = (typeof questions)[number];

/** The reports end on the last day. */
const calls = { lastDay: '2026-03-02', days: 120, callsPerHour: 30 };
const connections = 16;

interface Measured {
  readonly question: Question;
  readonly bodyBytes: number;
  readonly compared: Comparison;
}

/** Reports over HTTP, against a bare node:http server that answers the same bytes. */
export async function benchReports(bench: Bench): Promise<Section> {
  const account = await fill(bench);
  const server = await VoxgaugeServer.start(bench, serverFlags(bench));
  const startPeakMiB = takePeakMemoryMiB(server.pid);
  const authorization = await logIn(server.address, account);
  const bodies = await bodiesOf(server.address, authorization);
  const targets = { ours: server, other: await startBareServer(bench, bodies) };
  const measured: Measured[] = [];
  for (const question of questions) {
    bench.say(`(a) ${question.name}`);
    const { length: bodyBytes } = bodies[question.path] ?? '';
    const compared = await measure(bench, targets, requestFor(question.path, authorization, bodyBytes));
    measured.push({ question, bodyBytes, compared });
  }
  const memory = { startPeakMiB, loadPeakMiB: takePeakMemoryMiB(server.pid) };
  await server[Symbol.asyncDispose]();
  return { text: textOf(measured, memory), versions: {} };
}

async function fill(bench: Bench): Promise<Account> {
  bench.say(`(a) storing ${callCount(calls)} calls`);
  const account = await addAccount(bench);
  await runVoxgauge(bench, ['import', 'calls', '-', '--login', account.login], ndjsonOf(spreadCalls(calls)));
  return account;
}

async function bodiesOf(address: string, authorization: string): Promise<Record<string, string>> {
  const bodies: Record<string, string> = {};
  for (const { path } of questions) {
    const response = await fetch(address + path, { headers: { authorization } });
    bodies[path] = await response.text();
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${bodies[path]}`);
  }
  return bodies;
}

/** Where a server is, and which process it is. */
interface Target {
  readonly address: string;
  readonly pid: number;
}

async function startBareServer({ cleanup }: Bench, bodies: BareAnswers['bodies']): Promise<Target> {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'));
  cleanup.defer(() => void child.kill());
  const answers: BareAnswers = { type: 'application/json', bodies };
  child.send(answers);
  const [port] = await once(child, 'message');
  return { address: `http://127.0.0.1:${port}`, pid: child.pid ?? Number.NaN };
}

interface RepeatedRequest {
  readonly request: Uint8Array;
  readonly bodyBytes: number;
}

const requestFor = (path: string, authorization: string, bodyBytes: number): RepeatedRequest => ({
  request: requestBytes({ method: 'GET', path, headers: { authorization, accept: 'application/json' } }),
  bodyBytes,
});

/** Many short rounds rather than few long ones: other work on the machine then falls on both alike. */
async function measure(
  { isQuick }: Bench,
  targets: { readonly ours: Target; readonly other: Target },
  request: RepeatedRequest,
): Promise<Comparison> {
  const load = { ...request, connections, durationMs: isQuick ? 300 : 1000 };
  const rounds = await runRounds(isQuick ? 5 : 15, async () => ({
    ours: await withCpu(targets.ours.pid, () => sendRepeatedly(targets.ours.address, load)),
    other: await withCpu(targets.other.pid, () => sendRepeatedly(targets.other.address, load)),
  }));
  return compare(rounds);
}

function textOf(measured: readonly Measured[], memory: PeakMemory): string {
  const rows = measured.map(({ question: { name, leastRatio }, bodyBytes, compared }) => {
    return { name: `${name} (${figure(bodyBytes)} bytes)`, leastRatio, compared };
  });
  return [
    '## (a) Reports over HTTP',
    `\`performance\` over ${connections} connections, against a \`node:http\` server that answers the same bytes from memory.`,
    comparisonTable({ unit: 'requests', other: 'bare `node:http`' }, rows),
    memoryLine(memory),
  ].join('\n\n');
}
