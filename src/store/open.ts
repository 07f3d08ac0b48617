import { migratePostgres, openPostgres, type PostgresOptions } from './postgres/open.ts';
import { lockForServer, migrateSqlite, openSqlite } from './sqlite/open.ts';
import type { Migrated, Store, StoreObserver } from './store.ts';

/** Where a store is. */
export type StorePlace =
  | { readonly kind: 'sqlite'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly connections: number };

export interface StoreOptions
  extends Pick<PostgresOptions, 'isServer' | 'isAlone' | 'mustExist' | 'waitMs' | 'onWait'> {
  readonly observer: StoreObserver;
  readonly nowMs: number;
}

/**
 * Opens the store and brings it to the schema of this program. Rejects with `StoreUnavailable` where a database did not answer in
 * the time given.
 */
export async function openStore(place: StorePlace, options: StoreOptions): Promise<Store> {
  if (place.kind === 'postgres') return openPostgres({ ...place, ...options });
  return openSqlite({ ...place, ...options, isLocked: (options.isServer || options.isAlone) ?? false });
}

/**
 * Holds a place that only one server can work in, until the returned function is called or the process ends. null when another
 * server holds it. Any number of servers share a PostgreSQL database; see `isAlone`.
 */
export const lockPlace = (place: StorePlace): (() => void) | null =>
  place.kind === 'postgres' ? () => {} : lockForServer(place.folder);

/** Only brings the store to the schema of this program; distributes its tables where it is on a Citus cluster. */
export async function migrateStore(place: StorePlace, options: Omit<StoreOptions, 'observer'>): Promise<Migrated> {
  if (place.kind === 'postgres') return migratePostgres({ ...place, ...options });
  return { applied: migrateSqlite({ ...place, ...options }), distributed: [] };
}
