import { type Migration, readMigrations } from '../migrations.ts';

/** The migrations of this program, in order. */
export const migrations = (): readonly Migration[] => readMigrations(new URL('./migrations/', import.meta.url));
