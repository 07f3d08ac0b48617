import { rollupNames } from '../../domain/rollups.ts';
import { integer } from '../rows.ts';
import type { Session } from './session.ts';

/**
 * Everything that belongs to an account is on one worker: each of these tables is distributed by account_id, all alike. Tables that
 * others refer to come first. The rest is small, and stays on the coordinator; no transaction writes to both.
 */
export const distributedTables: readonly string[] = [
  'tenants',
  'numbers',
  'shares',
  'documents',
  'document_bodies',
  'rejects',
  'imports',
  'recounts',
  ...rollupNames,
  'owner_days',
];

export async function isOnCitus(session: Session): Promise<boolean> {
  const [row] = await session.rows(`SELECT count(*) AS citus FROM pg_extension WHERE extname = 'citus'`);
  return integer(row ?? {}, 'citus') > 0;
}

/** Distributes the tables that are not distributed yet; returns which. Their rows move to the workers, and writers wait meanwhile. */
export async function distribute(session: Session): Promise<readonly string[]> {
  const done: string[] = [];
  for (const table of distributedTables) {
    const [row] = await session.rows(countDistributed, table);
    if (integer(row ?? {}, 'distributed') > 0) continue;
    await session.exec(
      table === 'tenants'
        ? `SELECT create_distributed_table('tenants', 'account_id', colocate_with => 'none')`
        : `SELECT create_distributed_table('${table}', 'account_id', colocate_with => 'tenants')`,
    );
    done.push(table);
  }
  return done;
}

/** Whether the tables have been distributed, or there are none yet. */
export async function isDistributed(session: Session): Promise<boolean> {
  const [row] = await session.rows(`SELECT to_regclass('tenants') IS NOT NULL AS is_there`);
  if (row?.['is_there'] !== true) return true;
  const [counted] = await session.rows(countDistributed, 'tenants');
  return integer(counted ?? {}, 'distributed') > 0;
}

/** What was distributed is still on the coordinator too, where nobody sees it and nothing would ever remove it. */
export const truncateLocal = (table: string): string =>
  `SELECT truncate_local_data_after_distributing_table('${table}')`;

const countDistributed = `
  SELECT count(*) AS distributed FROM pg_catalog.pg_dist_partition WHERE logicalrelid = $1::text::regclass`;
