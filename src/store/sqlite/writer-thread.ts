import { parentPort, workerData } from 'node:worker_threads';
import { Connection, unavailableCodes } from './connection.ts';
import { type Job, runJobs } from './writes.ts';

/**
 * The one thread that writes. Everything that was asked for while a transaction ran goes into the next one (group commit): one
 * sync of the disk for many requests, and each is answered after its commit.
 */

/** What the thread tells when a transaction has ended. */
export interface Committed {
  readonly answers: readonly Answer[];
  readonly durationMs: number;
}

export type Answer =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly code: number | null };

/** Documents of one transaction at the most, so that the last of many senders does not wait for all. */
const mostDocuments = 8000;

const connection = new Connection(workerData.path, 'write');
const waiting: Job[] = [];
let isScheduled = false;

parentPort?.on('message', (message: Job | 'close') => {
  if (message === 'close') {
    while (waiting.length > 0) flush();
    connection.close();
    parentPort?.close();
    return;
  }
  waiting.push(message);
  schedule();
});

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  // After this turn of the event loop, all messages that have arrived by now are in `waiting`.
  setImmediate(() => {
    isScheduled = false;
    flush();
    if (waiting.length > 0) schedule();
  });
}

function flush(): void {
  const jobs = takeJobs();
  if (jobs.length === 0) return;
  const startedMs = performance.now();
  const answers = answersOf(jobs);
  const committed: Committed = { answers, durationMs: performance.now() - startedMs };
  parentPort?.postMessage(committed);
}

function takeJobs(): readonly Job[] {
  let documents = 0;
  const end = waiting.findIndex((job) => {
    documents += job.kind === 'record' ? job.batch.calls.length + job.batch.rejects.length : 1;
    return documents > mostDocuments;
  });
  // One job that is larger than the limit on its own is a transaction of its own.
  return waiting.splice(0, end === -1 ? waiting.length : Math.max(1, end));
}

function answersOf(jobs: readonly Job[]): readonly Answer[] {
  try {
    const results = runJobs(connection, jobs);
    return jobs.map(({ id }, index) => ({ id, ok: true, result: results[index] }));
  } catch (error) {
    const code = sqliteCodeOf(error);
    const isAboutJobs = code === null || !unavailableCodes.has(code);
    // One job must not fail another: each is tried on its own. A lock or a disk fails all of them, and quickly.
    if (isAboutJobs && jobs.length > 1) return jobs.flatMap((job) => answersOf([job]));
    return jobs.map(({ id }) => ({ id, ok: false, message: messageOf(error), code }));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** The primary result code of SQLite, https://www.sqlite.org/rescode.html; null when the error is none of SQLite's. */
function sqliteCodeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}
