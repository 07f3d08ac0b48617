import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keptRejects, query, storedDocuments, sumsOf } from '../http/ingest/database.ts';
import { postLines } from '../http/ingest/post.ts';
import { verifyFolder } from '../http/ingest/verification.ts';
import { addOwner, type Owner, type ServerProcess, spawnServer } from './server-process.ts';
import { documentOf, idOf, type Request, seededRandom, sumsOfVersions, Traffic } from './traffic.ts';

const seed = 20_180_207;
const rounds = 100;
const killsAtStart = 10;
const connections = 4;
/** A round takes as long as the program takes to start. */
const timeoutMs = 1_800_000;

const random = seededRandom(seed);
const traffic = new Traffic(random);
/** Highest revision that the server has acknowledged, by number of call. */
const acknowledged = new Map<number, number>();
const rejectsAcknowledged = new Set<string>();
let folder: string;
let owner: Owner;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'voxgauge-crash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('starts after it was killed while it started, on an empty folder too', { timeout: timeoutMs }, async () => {
  for (let kill = 0; kill < killsAtStart; kill += 1) {
    const server = spawnServer(folder);
    const listening = server.listening.catch(() => null);
    await Promise.race([listening, delay(random(700))]);
    await server.kill();
    await listening;
  }
  owner = await addOwner(folder);
});

it(`keeps what it acknowledged, and figures that are right, over ${rounds} kills`, { timeout: timeoutMs }, async () => {
  for (let round = 1; round <= rounds; round += 1) {
    const server = spawnServer(folder);
    try {
      // In every other round this process, and not the server, is the first to find what the kill has left.
      if (round % 2 === 0) await server.listening;
      await checkFolder(round);
      await sendUntilKilled(server, await server.listening, round);
    } finally {
      await server.kill();
    }
  }
  await checkFolder(rounds + 1);
  // The rounds were worth their time: much was acknowledged, and much was under way when the server was killed.
  expect(acknowledged.size).toBeGreaterThan(rounds);
  expect(acknowledged.size).toBeLessThan(traffic.sent.length);
});

it('ends in the right figures when everything is sent again', { timeout: timeoutMs }, async () => {
  const server = spawnServer(folder);
  const versions = traffic.lastVersions();
  const body = `${versions.map(documentOf).join('\n')}\n`;
  try {
    const { status, json } = await postLines({ address: await server.listening }, owner.key, body);
    const { stored, replaced, unchanged, stale } = Object(json);
    expect({ status, taken: stored + replaced + unchanged + stale }).toEqual({ status: 200, taken: versions.length });
    expect(stale).toBe(0);
  } finally {
    await server.stop();
  }

  const documents = new Map(storedDocuments(folder, owner.accountId).map(({ id, document }) => [id, document]));
  expect(documents).toEqual(new Map(versions.map((version) => [idOf(version.call), documentOf(version)])));
  expect(sumsOf(folder, owner.accountId)).toEqual(sumsOfVersions(versions));
  expect(await verifyFolder(folder)).toMatchObject({ documents: versions.length, differences: 0 });
});

/** Sends over several connections at once, and kills the server after so many answers, while other requests are under way. */
async function sendUntilKilled(server: ServerProcess, address: string, round: number): Promise<void> {
  const killAfterAnswers = random(13);
  // A busy writer thread between two answers: the kill falls into its transaction, or just before or after it.
  const killDelayMs = random(4);
  let answers = 0;
  let killed: Promise<void> | null = null;
  const kill = async () => {
    if (killDelayMs > 0) await delay(killDelayMs);
    await server.kill();
  };
  const sendOn = async (agent: Agent, index: number) => {
    for (let isFirst = true; ; isFirst = false) {
      const isLong = isFirst && index === 0 && round % 10 === 0;
      const wanted = isLong ? traffic.nextLong() : traffic.next();
      const answer = post(address, agent, wanted);
      if (answers >= killAfterAnswers) killed ??= kill();
      const status = await answer.catch(() => null);
      // The connection broke: whether this request was taken, nobody knows.
      if (status === null) return;
      acknowledge(wanted, status);
      answers += 1;
    }
  };
  const agents = Array.from({ length: connections }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  await Promise.all(agents.map(sendOn));
  await killed;
  for (const agent of agents) agent.destroy();
}

function acknowledge({ versions, rejects }: Request, status: number): void {
  expect(status).toBe(rejects.length === 0 ? 200 : 207);
  for (const { call, revision } of versions) {
    acknowledged.set(call, Math.max(acknowledged.get(call) ?? 0, revision));
  }
  for (const reject of rejects) rejectsAcknowledged.add(reject);
}

/** Resolves with the status when the whole answer has come. */
function post(address: string, agent: Agent, { type, body }: Request): Promise<number> {
  const headers = { authorization: `Bearer ${owner.key}`, 'content-type': type };
  return new Promise((resolve, reject) => {
    request(`${address}/ingest/v1/calls`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('error', reject);
      response.once('end', () => resolve(response.statusCode ?? 0)).once('close', reject);
    })
      .once('error', reject)
      .end(body);
  });
}

/** Everything that the server has acknowledged is there, nothing that nobody sent, nothing twice; and the sums agree. */
async function checkFolder(round: number): Promise<void> {
  const documents = storedDocuments(folder, owner.accountId);
  const numbers = documents.map(({ id }) => Number(id.slice(2)));
  expect({ round, twice: numbers.length - new Set(numbers).size }).toEqual({ round, twice: 0 });

  const revisions = new Map(documents.map(({ revision }, index) => [numbers[index], revision]));
  const lost = [...acknowledged].filter(([call, revision]) => (revisions.get(call) ?? -1) < revision);
  expect({ round, lost }).toEqual({ round, lost: [] });

  const strange = documents.filter(({ id, revision, document }) => {
    const call = Number(id.slice(2));
    const wasSent = revision <= (traffic.sent[call] ?? -1);
    return !wasSent || document !== documentOf({ call, revision });
  });
  expect({ round, strange }).toEqual({ round, strange: [] });

  const kept = new Set(keptRejects(folder, owner.accountId).map(({ document }) => document.toString()));
  expect({ round, lost: rejectsAcknowledged.difference(kept) }).toEqual({ round, lost: new Set() });
  expect({ round, strange: kept.difference(traffic.rejectsSent) }).toEqual({ round, strange: new Set() });

  const integrity = query(folder, 'PRAGMA integrity_check').map(({ integrity_check }) => integrity_check);
  expect({ round, integrity }).toEqual({ round, integrity: ['ok'] });
  const { differences, examples } = await verifyFolder(folder);
  expect({ round, differences, examples }).toEqual({ round, differences: 0, examples: [] });
}
