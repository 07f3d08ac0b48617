import { setTimeout as sleep } from 'node:timers/promises';
import type { Month } from '../../domain/retention.ts';
import type { AccountId } from '../access-store.ts';
import type { Dropped, DropStep } from '../call-store.ts';
import { stillRecounting } from '../recount.ts';
import { integer, text, textOrNull } from '../rows.ts';
import { StoreUnavailable } from '../store.ts';
import { bigints, texts } from './binary-array.ts';
import { keptFromOf, partitionsOf } from './months.ts';
import type { Session } from './session.ts';
import { recountingAccounts } from './time-zones.ts';
import type { Writer } from './writer.ts';

/** How many calls of an account are looked at in one transaction: some hundredths of a second for which its writers wait. */
const pageSize = 10_000;

/**
 * A partition goes with a lock on all documents, for which everybody waits who comes after it. So it is not waited for where somebody
 * holds one for long, as verify does, but tried again.
 */
const dropLockTimeoutMs = 300;
const againAfterMs = 1000;
const mostWaitMs = 600_000;

/**
 * calls.dropBefore: the month → whoever does not know it yet → partitions → what is known of their calls. The month is on the
 * coordinator of a cluster and the others are distributed, so they are transactions of their own anyway.
 */
export async function dropBefore(writer: Writer, month: Month, onStep: (step: DropStep) => void): Promise<Dropped> {
  await keepFrom(writer, month);
  const keptFrom = (await writer.database.read(keptFromOf)) ?? month;
  const accounts = await writer.database.read((session) => session.rows(selectAccounts));
  const ids = accounts.map((row) => integer(row, 'account_id'));
  // Whoever holds an account's lock may have read the month before it changed. Whoever gets it from now on has not.
  for (const accountId of ids) await patiently(() => writer.inAccount(accountId, async () => {}));
  await dropPartitions(writer, keptFrom);
  let documents = 0;
  for (const [place, accountId] of ids.entries()) {
    await dropOfAccount(writer, { accountId, keptFrom }, (dropped) => {
      documents += dropped;
      onStep({ documents, share: place / ids.length });
    });
  }
  return { keptFrom, documents };
}

/** No account begins to be counted anew between the look at them and the new month. */
async function keepFrom(writer: Writer, month: Month): Promise<void> {
  await writer.run(
    async (session) => {
      await session.exec('LOCK TABLE accounts IN SHARE MODE');
      const recounting = await recountingAccounts(session);
      if (recounting.length > 0) throw stillRecounting(recounting.map(({ account }) => account));
      await session.run(upsertMonth, month);
    },
    { isRepeatable: true },
  );
}

/** A transaction for each. */
async function dropPartitions(writer: Writer, keptFrom: Month): Promise<void> {
  const partitions = await writer.database.read(partitionsOf);
  for (const { table, month } of partitions) {
    if (month >= keptFrom) continue;
    await patiently(() =>
      writer.run(
        async (session) => {
          await session.exec(`SET LOCAL lock_timeout = ${dropLockTimeoutMs}`);
          await session.exec(`DROP TABLE IF EXISTS ${table}`);
        },
        { isRepeatable: true },
      ),
    );
  }
}

interface OfAccount {
  readonly accountId: AccountId;
  readonly keptFrom: Month;
}

/** In the order of their ids, a page a transaction. Documents without a partition of their own go with what is known of their calls. */
async function dropOfAccount(
  writer: Writer,
  { accountId, keptFrom }: OfAccount,
  onDropped: (dropped: number) => void,
): Promise<void> {
  let afterId: string | null = '';
  while (afterId !== null) {
    const from: string = afterId;
    const page = await patiently(() =>
      writer.inAccount(accountId, (session) => dropPage(session, { accountId, keptFrom }, from)),
    );
    onDropped(page.dropped);
    afterId = page.lastId;
  }
}

async function dropPage(session: Session, { accountId, keptFrom }: OfAccount, afterId: string) {
  const [last] = await session.rows(selectLastId, accountId, afterId, pageSize);
  const lastId = textOrNull(last ?? {}, 'last_id');
  if (lastId === null) return { dropped: 0, lastId };
  const gone = await session.rows(deleteDocuments, accountId, afterId, lastId, keptFrom);
  const months = [...new Set(gone.map((row) => integer(row, 'month')))];
  const ids = gone.map((row) => text(row, 'call_id'));
  if (gone.length > 0) await session.run(deleteBodies, accountId, bigints(months), texts(ids));
  return { dropped: gone.length, lastId };
}

/** Tries again where somebody else holds a lock: a rebuild or verify may hold theirs for minutes. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const untilMs = performance.now() + mostWaitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isLockTimeout(error) || performance.now() > untilMs) throw error;
      await sleep(againAfterMs);
    }
  }
}

/** lock_not_available */
const isLockTimeout = (error: unknown): boolean =>
  error instanceof StoreUnavailable &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === '55P03';

const upsertMonth = `
  INSERT INTO retention AS r (retention_id, kept_from_month) VALUES (1, $1)
  ON CONFLICT (retention_id) DO UPDATE SET kept_from_month = greatest(r.kept_from_month, EXCLUDED.kept_from_month)`;
const selectAccounts = 'SELECT account_id FROM accounts ORDER BY account_id';
const selectLastId = `
  SELECT max(call_id) AS last_id FROM (
    SELECT call_id FROM documents WHERE account_id = $1 AND call_id > $2 ORDER BY call_id LIMIT $3) page`;
const deleteDocuments = `
  DELETE FROM documents WHERE account_id = $1 AND call_id > $2 AND call_id <= $3 AND month < $4 RETURNING call_id, month`;
const deleteBodies = `
  DELETE FROM document_bodies WHERE account_id = $1 AND month = ANY($2::bigint[]) AND call_id = ANY($3::text[])`;
