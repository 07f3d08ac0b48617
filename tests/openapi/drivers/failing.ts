import { rollupNames } from '../../../src/domain/rollups.ts';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { newPostgresDatabase } from '../../postgres/database.ts';

/** Two servers on one PostgreSQL database. */
export interface Failing {
  /** Nothing is wrong here, so that logins and tokens can be made. */
  readonly whole: TestServer;
  /** Its database has no room on its disk for what reports read and for new credentials: it cannot be used now, and says so. */
  readonly failing: TestServer;
  close(): Promise<void>;
}

export async function startFailing(changes: Parameters<typeof startTestServer>[0]): Promise<Failing> {
  const database = await newPostgresDatabase();
  const whole = await startTestServer(changes, { url: database.url });
  const [row] = await database.run('SELECT current_schema() AS name');
  const schema = `${row?.['name']}`;
  await database.run(failuresBefore(schema));
  const failing = await startTestServer(changes, { url: withSchemas(database.url, `full_${schema},${schema},public`) });
  return {
    whole,
    failing,
    async close() {
      await Promise.all([failing.close(), whole.close()]);
      await database.run(`DROP SCHEMA full_${schema} CASCADE`);
      await database.remove();
    },
  };
}

const reportTables = [...rollupNames, 'owner_days'];

/**
 * A schema that stands before the given one, with views in the place of its tables: to read sums, or to add credentials, is
 * refused with 53100, disk_full. Units of quotas are spent before, and can be: so the answers have the headers of a quota.
 */
const failuresBefore = (schema: string): string => `
  CREATE SCHEMA full_${schema};
  SET search_path = full_${schema};
  ${reportTables
    .map(
      (table) => `
        CREATE FUNCTION read_${table}() RETURNS SETOF ${schema}.${table} LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$;
        CREATE VIEW ${table} AS SELECT * FROM read_${table}();`,
    )
    .join('')}
  CREATE FUNCTION add_credential() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$;
  CREATE VIEW credentials AS SELECT * FROM ${schema}.credentials;
  CREATE TRIGGER refuse INSTEAD OF INSERT ON credentials FOR EACH ROW EXECUTE FUNCTION add_credential();`;

/** The same database, with its tables looked for in these schemas. Of settings that are given twice, the last one counts. */
function withSchemas(url: string, schemas: string): string {
  const changed = new URL(url);
  const options = changed.searchParams.get('options') ?? '';
  changed.searchParams.set('options', `${options} -c search_path=${schemas}`);
  return changed.href;
}
