import { join } from 'node:path';
import { createCalls, figuresOf, type OpenDatabase, parametersOf, selectDays } from './databases.ts';
import { connectTo, startPostgres } from './postgres-server.ts';

/** A PostgreSQL server of its own, with an index that answers the question without reading other calls. */
export const openPostgres: OpenDatabase = async ({ folder, csvPath, question, cleanup }) => {
  const { url, version } = await startPostgres(join(folder, 'postgres'), cleanup);
  const client = await connectTo(url, cleanup);
  const run = (text: string) => client.query(text);
  await run(createCalls);
  await run(`COPY calls FROM '${csvPath}' (FORMAT csv)`);
  await run('CREATE INDEX "calls#phone#started_at" ON calls (phone, started_at)');
  await run('VACUUM ANALYZE calls');
  const values = [...parametersOf(question)];
  // With a name, the statement is parsed and planned once.
  const ask = async () => {
    const { rows } = await client.query({ name: 'days', text: selectDays, values, rowMode: 'array' });
    return rows.map(figuresOf);
  };
  return { version, ask };
};
