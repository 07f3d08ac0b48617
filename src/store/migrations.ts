import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** One step of a schema, as its file has it. Both engines have the same numbers and names. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hex. */
  readonly checksum: string;
}

/** The migrations in a folder, in order: `0001-create-accounts.sql` and so on. */
export function readMigrations(folder: URL): readonly Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file) => {
    const sql = readFileSync(new URL(file, folder), 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    return { number: Number.parseInt(file, 10), name: file, sql, checksum };
  });
}

/** Throws when what was applied under the number of a migration is another one. */
export function refuseOther({ name, checksum }: Migration, applied: string): void {
  if (applied === checksum) return;
  throw new Error(
    `migration ${name} is not the one that made this database; install the version of Voxgauge that did, or restore a backup`,
  );
}

/** Throws when a newer program has been at the database. */
export function refuseNewer(newest: number, known: number): void {
  if (newest <= known) return;
  throw new Error(
    `this database has migration ${newest}, and this version of Voxgauge knows ${known}; install the newer version again, or restore a backup made before the upgrade`,
  );
}
