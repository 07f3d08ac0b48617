import { type Month, parseMonth, printMonth } from '../../domain/retention.ts';
import { integer, text } from '../rows.ts';
import { StoreUnavailable } from '../store.ts';
import type { Database } from './database.ts';
import type { Session } from './session.ts';

/** The month by which a document is partitioned. */
export function monthOf(startedAtMs: number): Month {
  const start = new Date(startedAtMs);
  return (start.getUTCFullYear() - 1970) * 12 + start.getUTCMonth();
}

/** The first month that is kept, or null; see `CallStore.keptFrom`. */
export async function keptFromOf(session: Session): Promise<Month | null> {
  const [row] = await session.rows('SELECT kept_from_month FROM retention');
  return row === undefined ? null : integer(row, 'kept_from_month');
}

/** How far from now a month gets a partition of its own; what is beyond is in the default one. */
const pastMonths = 240;
const futureMonths = 2;

/**
 * A partition is made with a lock on all documents, for which everybody waits who comes after it. So it is not waited for where somebody
 * holds one for long, as verify does: what cannot be put into its month yet goes to the default partition, and is moved later.
 */
const lockTimeoutMs = 300;
const againAfterMs = 60_000;
/** What takes longer than this, or has more rows to move, would keep everybody waiting for too long. */
const mostStatementMs = 5000;
const mostMoved = 20_000;
/** When such a month is looked at again, and how often the next one is made before it is needed. */
const hourMs = 3_600_000;
const firstAfterMs = 5000;

const prefix = 'document_bodies_';

/** `document_bodies_2018_02` */
const tableOf = (month: Month): string => `${prefix}${printMonth(month).replace('-', '_')}`;

/** null where it is the table of no month. */
const monthOfTable = (table: string): Month | null =>
  table.startsWith(prefix) ? parseMonth(table.slice(prefix.length).replace('_', '-')) : null;

interface Partition {
  readonly table: string;
  readonly month: Month;
}

/** The months that have a partition of their own, the first one first. */
export async function partitionsOf(session: Session): Promise<readonly Partition[]> {
  const tables = (await session.rows(selectPartitions)).map((row) => text(row, 'relname'));
  const partitions = tables.flatMap((table) => {
    const month = monthOfTable(table);
    return month === null ? [] : [{ table, month }];
  });
  return partitions.sort((left, right) => left.month - right.month);
}

const selectPartitions = `
  SELECT c.relname::text AS relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'document_bodies'::regclass`;

/** The partitions that are there, as far as this process knows. */
export class Months {
  readonly #database: Database;
  readonly #known = new Set<Month>();
  readonly #making = new Map<Month, Promise<void>>();
  /** When months were found to be more than can be moved at once. */
  readonly #leftAtMs = new Map<Month, number>();
  /** When the lock was not to be had the last time: it is the same one for all months. */
  #lockedAtMs: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #ahead: Promise<void> = Promise.resolve();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Sees to it that each month has its partition, where it can be made now. */
  async provide(months: Iterable<Month>, nowMs: number): Promise<void> {
    const now = monthOf(nowMs);
    const missing = [...new Set(months)].filter((month) => !this.#known.has(month));
    for (const month of missing.sort((left, right) => left - right)) {
      // What is too far ahead now may come near.
      if (month < now - pastMonths || month > now + futureMonths) continue;
      await this.#provideOne(month, nowMs);
    }
  }

  /** Makes the partitions of this month and the next before they are needed, now and then until {@link close}. */
  keepAhead(nowMs: number): void {
    const startedMs = performance.now();
    const after = (pauseMs: number) => {
      this.#timer = setTimeout(() => {
        after(hourMs);
        this.#ahead = this.#provideAhead(nowMs + performance.now() - startedMs);
      }, pauseMs).unref();
    };
    after(firstAfterMs);
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#ahead;
  }

  async #provideAhead(nowMs: number): Promise<void> {
    const now = monthOf(nowMs);
    try {
      await this.provide([now, now + 1], nowMs);
    } catch {
      // Whoever needs the database is told that it cannot be used, and there is time enough for the next month.
    }
  }

  #provideOne(month: Month, nowMs: number): Promise<void> {
    if (isWithin(againAfterMs, this.#lockedAtMs, nowMs)) return Promise.resolve();
    if (isWithin(hourMs, this.#leftAtMs.get(month) ?? null, nowMs)) return Promise.resolve();
    const running = this.#making.get(month);
    if (running !== undefined) return running;
    const making = this.#make(month, nowMs).finally(() => this.#making.delete(month));
    this.#making.set(month, making);
    return making;
  }

  async #make(month: Month, nowMs: number): Promise<void> {
    const place = await this.#database.read((session) => placeOf(session, month, this.#database.isOnCitus));
    if (place === 'made' || place === 'dropped') {
      this.#known.add(month);
      return;
    }
    if (place === 'full') {
      this.#leftAtMs.set(month, nowMs);
      return;
    }
    const create = place === 'cluster' ? createOnCluster(month) : createAndMove(month);
    try {
      await this.#database.write((session) => session.exec(create), { isRepeatable: true });
      this.#known.add(month);
    } catch (error) {
      this.#note(error, month, nowMs);
    }
  }

  /** Throws what is no reason to go on without the partition. */
  #note(error: unknown, month: Month, nowMs: number): void {
    const code = codeOf(error);
    // Another server was quicker. Or, on a cluster, there are calls of the month in the default partition, and so the rest goes there.
    if (doneCodes.has(code)) this.#known.add(month);
    else if (lockedCodes.has(code)) this.#lockedAtMs = nowMs;
    else if (code === canceledCode) this.#leftAtMs.set(month, nowMs);
    else throw error;
  }
}

/** Also where the clock was set back. */
const isWithin = (ms: number, sinceMs: number | null, nowMs: number): boolean =>
  sinceMs !== null && Math.abs(nowMs - sinceMs) < ms;

function codeOf(error: unknown): string {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  return cause instanceof Error && 'code' in cause ? `${cause.code}` : '';
}

/** duplicate_table, unique_violation (of the catalog), check_violation, invalid_object_definition (overlapping partitions). */
const doneCodes: ReadonlySet<string> = new Set(['42P07', '23505', '23514', '42P17']);
/** lock_not_available, deadlock_detected */
const lockedCodes: ReadonlySet<string> = new Set(['55P03', '40P01']);
/** query_canceled, for its time was over */
const canceledCode = '57014';

/** How it is with the partition of a month: what is there, is wanted no more, has too many rows to move, or can be made. */
type Place = 'made' | 'dropped' | 'full' | 'server' | 'cluster';

async function placeOf(session: Session, month: Month, isOnCitus: boolean): Promise<Place> {
  const [found] = await session.rows(countTables, tableOf(month));
  if (integer(found ?? {}, 'tables') > 0) return 'made';
  // Its documents were dropped, and none is taken any more.
  const keptFrom = await keptFromOf(session);
  if (keptFrom !== null && month < keptFrom) return 'dropped';
  if (isOnCitus) return 'cluster';
  const [inDefault] = await session.rows(countInDefault, month, mostMoved + 1);
  return integer(inDefault ?? {}, 'documents') > mostMoved ? 'full' : 'server';
}

const countTables = `
  SELECT count(*)::bigint AS tables FROM pg_class WHERE relname = $1 AND relnamespace = current_schema()::regnamespace`;
const countInDefault = `
  SELECT count(*) AS documents FROM (SELECT 1 FROM document_bodies_default WHERE month = $1 LIMIT $2) found`;

/**
 * Rows that move between partitions are seen in neither by a snapshot from before, which knows the partitions of now. So nobody may have
 * one: whoever reads documents at one moment has locked `documents` or `document_bodies` at its beginning. In the order in
 * which recorders take them; and one that has waited looks for the partition of its rows afterwards.
 */
const createAndMove = (month: Month): string => `
  SET LOCAL lock_timeout = ${lockTimeoutMs};
  SET LOCAL statement_timeout = ${mostStatementMs};
  LOCK TABLE ONLY documents IN ACCESS EXCLUSIVE MODE;
  LOCK TABLE ONLY document_bodies IN ACCESS EXCLUSIVE MODE;
  LOCK TABLE ONLY document_bodies_default IN ACCESS EXCLUSIVE MODE;
  CREATE TABLE ${tableOf(month)} (LIKE document_bodies INCLUDING STORAGE) WITH (toast_tuple_target = 8160);
  INSERT INTO ${tableOf(month)} SELECT * FROM document_bodies_default WHERE month = ${month};
  DELETE FROM document_bodies_default WHERE month = ${month};
  ALTER TABLE document_bodies ATTACH PARTITION ${tableOf(month)} FOR VALUES FROM (${month}) TO (${month + 1})`;

const createOnCluster = (month: Month): string => `
  SET LOCAL lock_timeout = ${lockTimeoutMs};
  SET LOCAL statement_timeout = ${mostStatementMs};
  CREATE TABLE ${tableOf(month)} PARTITION OF document_bodies FOR VALUES FROM (${month}) TO (${month + 1})
  WITH (toast_tuple_target = 8160)`;
