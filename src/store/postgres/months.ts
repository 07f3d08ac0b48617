import type { Month } from '../../domain/retention.ts';
import { integer } from '../rows.ts';
import type { Database, Session } from './database.ts';

/** Months since 1970-01, UTC, by which documents are partitioned. */
export function monthOf(startedAtMs: number): number {
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

const tableOf = (month: number): string =>
  `document_bodies_${1970 + Math.floor(month / 12)}_${String((month % 12) + 1).padStart(2, '0')}`;

/** null where it is the table of no month. */
export function monthOfTable(table: string): number | null {
  const [, year, month] = /^document_bodies_(\d+)_(\d\d)$/.exec(table) ?? [];
  return year === undefined ? null : (Number(year) - 1970) * 12 + Number(month) - 1;
}

/** The partitions that are there, as far as this process knows. */
export class Months {
  readonly #database: Database;
  readonly #known = new Set<number>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Sees to it that each month, and the one after now, has its partition: made before it is needed, it keeps nobody waiting. */
  async provide(months: Iterable<number>, nowMs: number): Promise<void> {
    const now = monthOf(nowMs);
    const wanted = new Set([...months, now, now + 1]);
    const missing = [...wanted].filter((month) => !this.#known.has(month));
    for (const month of missing.sort((left, right) => left - right)) {
      // What is too far ahead now may come near.
      if (month < now - pastMonths || month > now + futureMonths) continue;
      await this.#make(month);
      this.#known.add(month);
    }
  }

  async #make(month: number): Promise<void> {
    const exists = async () =>
      this.#database.read(async (session) => {
        const [row] = await session.rows(countTables, tableOf(month));
        return integer(row ?? {}, 'tables') > 0;
      });
    if (await exists()) return;
    // Its documents were dropped, and none is taken any more.
    const keptFrom = await this.#database.read(keptFromOf);
    if (keptFrom !== null && month < keptFrom) return;
    try {
      await this.#database.write((session) => session.exec(createPartition(month)), { isRepeatable: true });
    } catch (error) {
      // Another server was quicker. Or there are calls of the month in the default partition already, and so the rest goes there.
      if (!(error instanceof Error) || !('code' in error) || !skippedCodes.has(`${error.code}`)) throw error;
    }
  }
}

/** duplicate_table, unique_violation (of the catalog), check_violation, invalid_object_definition (overlapping partitions). */
const skippedCodes: ReadonlySet<string> = new Set(['42P07', '23505', '23514', '42P17']);

const countTables = `
  SELECT count(*)::bigint AS tables FROM pg_class WHERE relname = $1 AND relnamespace = current_schema()::regnamespace`;
const createPartition = (month: number): string => `
  CREATE TABLE ${tableOf(month)} PARTITION OF document_bodies FOR VALUES FROM (${month}) TO (${month + 1})
  WITH (toast_tuple_target = 8160)`;
