import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { openPostgres } from '../../src/store/postgres/open.ts';
import { nowMs, type TestDatabase } from '../store/subject.ts';

export interface PostgresDatabase extends TestDatabase {
  readonly url: string;
  /** Runs SQL past the store. */
  run(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** An empty schema on the server of the tests: a database of its own as far as a store can see, on a cluster too. */
export async function newPostgresDatabase(serverUrl = inject('postgresUrl')): Promise<PostgresDatabase> {
  const schema = `voxgauge_${randomUUID().replaceAll('-', '')}`;
  const admin = await connect(serverUrl);
  await admin.query(`CREATE SCHEMA ${schema}`);
  const { rowCount } = await admin.query(`SELECT 1 FROM pg_extension WHERE extname = 'citus'`);
  await admin.end();
  // Few shards, for each table of each test makes its own.
  const url = withOptions(
    serverUrl,
    `-c search_path=${schema},public ${rowCount === 0 ? '' : '-c citus.shard_count=4'}`,
  );
  return {
    url,
    open: async (observer = { committed: () => {} }) => openPostgres({ url, connections: 4, observer, nowMs }),
    async run(sql) {
      const client = await connect(url);
      try {
        const { rows } = await client.query(sql);
        return rows;
      } finally {
        await client.end();
      }
    },
    async remove() {
      const client = await connect(serverUrl);
      await client.query(`DROP SCHEMA ${schema} CASCADE`);
      await client.end();
    },
  };
}

function withOptions(url: string, options: string): string {
  const given = new URL(url);
  given.searchParams.set('options', options.trim());
  return given.href;
}

async function connect(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  return client;
}
