import { openSqlite, type SqliteOptions } from './sqlite/open.ts';
import type { Store } from './store.ts';

/** Opens the store that the configuration names, brought to the schema of this program. */
export function openStore(options: SqliteOptions): Store {
  return openSqlite(options);
}

export { lockForServer } from './sqlite/open.ts';
