import { accessWrites } from './access.ts';
import { accountWrites } from './accounts.ts';
import type { Connection } from './connection.ts';
import { type BatchOf, PendingSums, recordBatch } from './documents.ts';
import { importWrites } from './imports.ts';
import { keyWrites } from './keys.ts';
import { numberWrites } from './numbers.ts';
import { recountWrites } from './recount-steps.ts';
import { rejectWrites } from './rejects.ts';
import { retentionWrites } from './retention.ts';
import { sessionWrites } from './sessions.ts';
import { timeZoneWrites } from './time-zones.ts';
import { tokenWrites } from './tokens.ts';
import { transferWrites } from './transfer.ts';

/**
 * Everything that can be written, by name: what the main thread asks for and the writer thread does.
 * Arguments and results are copied between the threads, so they are plain values.
 */
export const writes = {
  ...accountWrites,
  ...accessWrites,
  ...importWrites,
  ...keyWrites,
  ...numberWrites,
  ...recountWrites,
  ...rejectWrites,
  ...retentionWrites,
  ...sessionWrites,
  ...timeZoneWrites,
  ...tokenWrites,
  ...transferWrites,
};

type Writes = typeof writes;
export type WriteName = keyof Writes;
type WithoutConnection<F> = F extends (connection: Connection, ...rest: infer R) => unknown ? R : never;
export type WriteArguments<N extends WriteName> = WithoutConnection<Writes[N]>;
export type WriteResult<N extends WriteName> = ReturnType<Writes[N]>;

/** A write on its way to the writer thread. */
export type Job = { readonly id: number } & (
  | ({ readonly kind: 'record' } & BatchOf)
  | { readonly kind: 'write'; readonly name: WriteName; readonly arguments: readonly unknown[] }
);

/** Runs jobs in one transaction; their results stand in the same order. */
export function runJobs(connection: Connection, jobs: readonly Job[]): readonly unknown[] {
  return connection.transaction('write', () => {
    const pending = new PendingSums();
    const results = jobs.map((job) => runJob(connection, pending, job));
    pending.flush(connection);
    return results;
  });
}

function runJob(connection: Connection, pending: PendingSums, job: Job): unknown {
  if (job.kind === 'record') return recordBatch(connection, pending, job);
  // Giving a number away moves its sums, and it finds only those that are in the tables.
  if (job.name === 'giveNumber' || job.name === 'takeControl') pending.flush(connection);
  const write: (connection: Connection, ...rest: never[]) => unknown = writes[job.name];
  return Reflect.apply(write, null, [connection, ...job.arguments]);
}
