import { join } from 'node:path';
import { createCalls, figuresOf, type OpenDatabase, parametersOf, selectDays } from './databases.ts';

// What is used of @duckdb/node-api. Its own types are not there until the bench has installed it.
interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<Instance> };
}
interface Instance {
  connect(): Promise<Connection>;
  closeSync(): void;
}
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<Rows>;
  prepare(sql: string): Promise<Prepared>;
  closeSync(): void;
}
interface Prepared {
  bindVarchar(index: number, value: string): void;
  runAndReadAll(): Promise<Rows>;
}
interface Rows {
  getRows(): readonly (readonly unknown[])[];
}

const packageName = '@duckdb/node-api';

/** DuckDB in this process, with a file. It needs no index: it keeps the least and the greatest value of each block. */
export const openDuckDb: OpenDatabase = async ({ folder, csvPath, question, cleanup }) => {
  const { DuckDBInstance }: DuckDb = await import(packageName);
  const instance = await DuckDBInstance.create(join(folder, 'calls.duckdb'));
  cleanup.defer(() => instance.closeSync());
  const connection = await instance.connect();
  cleanup.defer(() => connection.closeSync());
  await connection.run(createCalls);
  await connection.run(`COPY calls FROM '${csvPath}' (FORMAT csv, HEADER false)`);
  await connection.run('CHECKPOINT');
  const [[version = ''] = []] = (await connection.runAndReadAll('SELECT version()')).getRows();
  const prepared = await connection.prepare(selectDays);
  const parameters = parametersOf(question);
  const ask = async () => {
    for (const [index, value] of parameters.entries()) prepared.bindVarchar(index + 1, value);
    return (await prepared.runAndReadAll()).getRows().map(figuresOf);
  };
  return { version: `${version}`, ask };
};
